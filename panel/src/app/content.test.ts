import { expect, test } from "vitest";
import type { Permission } from "@/api/types";
import { rightsOn } from "./content";

const UID = "api::article.article";
const held: Permission[] = [
  {
    action: "plugin::content-manager.explorer.update",
    subject: UID,
    properties: { fields: ["title", "seo.metaTitle", "zone"], locales: ["en"] },
  },
  { action: "plugin::content-manager.explorer.read", subject: UID },
];
const rights = rightsOn(held, UID);

test("rights end at the locales they name", () => {
  expect(rights.may("update", "en")).toBe(true);
  expect(rights.may("update", "de")).toBe(false);
  expect(rights.may("delete", "en")).toBe(false);
});

test("a field of a component opens the component, and a zone opens all in it", () => {
  const may = (path: string) => rights.mayField("update", path, "en");
  expect(["title", "seo", "seo.metaTitle", "zone.text"].filter(may)).toHaveLength(4);
  expect(["seo.metaDescription", "slug"].filter(may)).toEqual([]);
});

test("a right without fields reaches all of them", () => {
  expect(rights.mayField("read", "slug", "de")).toBe(true);
});
