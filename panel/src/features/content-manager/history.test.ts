import { expect, test } from "vitest";
import type { Attributes } from "@/api/content";
import { compared } from "./history";

const attributes: Attributes = {
  title: { type: "string" },
  seo: { type: "component", component: "shared.seo" },
  tags: { type: "relation" },
  updatedAt: { type: "datetime" },
};

test("what differs between two versions is told in words", () => {
  const then = { title: "One", tags: { results: [{ id: 1, documentId: "a", name: "Food" }], meta: {} } };
  const now = { title: "Two", tags: { results: [], meta: {} }, updatedAt: "2026-01-01" };
  expect(compared(then, now, attributes)).toEqual([
    { name: "title", before: "One", now: "Two", isSame: false },
    { name: "tags", before: "Food", now: "–", isSame: false },
  ]);
});

test("a component that was only saved again is the same", () => {
  const then = { seo: { id: 1, metaTitle: "x" } };
  const now = { seo: { id: 2, metaTitle: "x" } };
  expect(compared(then, now, attributes)[0]?.isSame).toBe(true);
});
