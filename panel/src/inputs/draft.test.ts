import { expect, test } from "vitest";
import { Draft } from "./draft";

test("a draft is as it was saved until a value is another", () => {
  const draft = new Draft({ title: "One", seo: { metaTitle: "x" } });
  draft.set(["seo", "metaTitle"], "y");
  expect(draft.changed()).toEqual(["seo"]);
  draft.set(["seo", "metaTitle"], "x");
  expect(draft.changed()).toEqual([]);
});

test("nothing and an empty text are the same", () => {
  const draft = new Draft({ title: null });
  draft.set(["title"], "");
  expect(draft.changed()).toEqual([]);
});

test("what does not change stays the same object", () => {
  const draft = new Draft({ list: [{ a: 1 }, { a: 2 }] });
  const first = draft.get(["list", 0]);
  draft.set(["list", 1, "a"], 3);
  expect(draft.get(["list", 0])).toBe(first);
  expect(draft.get(["list", 1, "a"])).toBe(3);
});

test("an error goes when its field, or something in it, is mended", () => {
  const draft = new Draft({ blocks: [{ text: "" }], title: "" });
  draft.fail({ "blocks.0.text": "Too short", title: "Needed" });
  expect(draft.isWrong(["blocks", 0])).toBe(true);
  draft.set(["blocks", 0], { text: "longer" });
  expect(draft.wrong()).toEqual({ title: "Needed" });
});

test("what is typed while an entry is saved is not lost", () => {
  const draft = new Draft({ title: "One", body: "" });
  draft.set(["title"], "Two");
  const sent = draft.values;
  draft.set(["body"], "typed meanwhile");
  draft.settle({ title: "Two", body: null }, sent);
  expect(draft.values).toEqual({ title: "Two", body: "typed meanwhile" });
  expect(draft.changed()).toEqual(["body"]);
});

test("what is no value yet is told until it is one", () => {
  const draft = new Draft({ metadata: null });
  draft.refuse(["metadata"], "No JSON");
  expect(draft.refused()).toBe("metadata");
  draft.set(["metadata"], { a: 1 });
  expect(draft.refused()).toBeUndefined();
});
