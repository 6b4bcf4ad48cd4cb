import { describe, expect, test } from "vitest";
import { catalogueOf, keyOf } from "./catalogue";
import { PRESETS, presetSelection } from "./presets";
import { amountOf, isSame, lost, permissionsOf, selectionOf, toggled, withCondition, withPart } from "./selection";
import { summaryOf } from "./summary";

const EXPLORER = "plugin::content-manager.explorer";
const ARTICLE = "api::article.article";
const verbs = ["create", "read", "update", "delete", "publish"];
const actions = verbs.map((verb) => ({
  label: verb.charAt(0).toUpperCase() + verb.slice(1),
  actionId: `${EXPLORER}.${verb}`,
  subjects: [ARTICLE, "api::page.page"],
  applyToProperties: verb === "delete" || verb === "publish" ? ["locales"] : ["fields", "locales"],
}));
const seo = {
  label: "seo",
  value: "seo",
  children: [
    { label: "title", value: "title" },
    { label: "text", value: "text" },
  ],
};
const catalogue = catalogueOf({
  conditions: [{ id: "admin::is-creator", displayName: "Is creator" }],
  sections: {
    collectionTypes: {
      actions,
      subjects: [
        {
          uid: ARTICLE,
          label: "article",
          properties: [
            { value: "fields", children: [{ label: "title", value: "title" }, { label: "note", value: "note" }, seo] },
            {
              value: "locales",
              children: [
                { label: "English", value: "en" },
                { label: "German", value: "de" },
              ],
            },
          ],
        },
        {
          uid: "api::page.page",
          label: "page",
          properties: [{ value: "fields", children: [{ label: "title", value: "title" }] }],
        },
      ],
    },
    singleTypes: { actions, subjects: [] },
    plugins: [],
    settings: [
      { displayName: "Delete", action: "admin::webhooks.delete", category: "webhooks", subCategory: "general" },
    ],
  },
});
const read = catalogue.items.get(keyOf(`${EXPLORER}.read`, ARTICLE));
if (!read) throw new Error("The catalogue has no right to read articles");
const permission = (fields?: string[], locales?: string[], conditions: string[] = []) => ({
  action: `${EXPLORER}.read`,
  subject: ARTICLE,
  properties: { ...(fields ? { fields } : {}), ...(locales ? { locales } : {}) },
  conditions,
});

describe("a selection", () => {
  test("takes a permission without fields as all fields, and a component as its parts", () => {
    expect([...(selectionOf([permission()], catalogue).get(read.key)?.fields ?? [])]).toEqual([
      "title",
      "note",
      "seo.title",
      "seo.text",
    ]);
    expect([...(selectionOf([permission(["seo"])], catalogue).get(read.key)?.fields ?? [])]).toEqual([
      "seo.title",
      "seo.text",
    ]);
  });

  test("adds up what several roles give, and drops conditions where one role has none", () => {
    const both = selectionOf(
      [permission(["title"], ["en"], ["admin::is-creator"]), permission(["note"], ["de"])],
      catalogue,
    );
    expect(both.get(read.key)).toEqual({
      fields: new Set(["title", "note"]),
      locales: new Set(["en", "de"]),
      conditions: [],
    });
  });

  test("sends what it was made from", () => {
    const sent = [permission(["title", "seo.text"], ["de"], ["admin::is-creator"])];
    expect(permissionsOf(selectionOf(sent, catalogue), catalogue)).toEqual(sent);
  });

  test("never ticks beyond the ceiling", () => {
    const ceiling = selectionOf([permission(["title"], ["en"])], catalogue);
    const all = toggled(new Map(), [...catalogue.items.values()], true, ceiling);
    expect(isSame(all, ceiling)).toBe(true);
    expect(amountOf(all, read, ceiling)).toBe("all");
    expect(amountOf(all, read)).toBe("some");
  });

  test("begins with one field when one is ticked, and ends when none is left", () => {
    const one = withPart(new Map(), read, "fields", "note", true);
    expect([...(one.get(read.key)?.fields ?? [])]).toEqual(["note"]);
    expect(withPart(one, read, "fields", "note", false).size).toBe(0);
  });

  test("tells what it lost: things, parts, and freedom from conditions", () => {
    const before = selectionOf([permission()], catalogue);
    expect(lost(before, new Map())).toEqual([read.key]);
    expect(lost(before, withPart(before, read, "fields", "note", false))).toEqual([read.key]);
    expect(lost(before, withCondition(before, read, "admin::is-creator", true))).toEqual([read.key]);
    expect(lost(before, before)).toEqual([]);
  });
});

describe("a summary", () => {
  test("says what can be done, what cannot, and which fields are left out", () => {
    const words = summaryOf(selectionOf([permission(["title", "seo"])], catalogue), catalogue).join(" ");
    expect(words).toBe("Can read Article; cannot create, update, delete or publish. Not the fields note.");
  });

  test("names actions that reach equally far together", () => {
    const both = [permission(), { ...permission(), action: `${EXPLORER}.update` }];
    expect(summaryOf(selectionOf(both, catalogue), catalogue)[0]).toBe(
      "Can read and update Article; cannot create, delete or publish.",
    );
  });

  test("says that nothing is chosen", () => {
    expect(summaryOf(new Map(), catalogue)).toEqual(["No permission is chosen."]);
  });
});

describe("the preset", () => {
  const everything = toggled(new Map(), [...catalogue.items.values()], true);
  const chosen = (id: string) => {
    const preset = PRESETS.find((each) => each.id === id);
    return preset ? [...presetSelection(preset, catalogue, everything).keys()] : [];
  };

  test("to read everything takes nothing else", () => {
    expect(chosen("read").every((key) => key.startsWith(`${EXPLORER}.read|`))).toBe(true);
  });

  test("to edit drafts never publishes or deletes", () => {
    expect(chosen("drafts").filter((key) => /publish|delete/.test(key))).toEqual([]);
  });

  test("to do the same as the owner leaves out whatever deletes", () => {
    expect(chosen("same").filter((key) => /delete/.test(key))).toEqual([]);
    expect(chosen("same").length).toBe(8);
  });
});
