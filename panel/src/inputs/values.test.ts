import { expect, test } from "vitest";
import type { Attributes, ContentSchema } from "@/api/content";
import { defaults, KEY, prepared, sendable } from "./values";

const schema: ContentSchema = {
  contentTypes: [],
  components: [
    {
      uid: "shared.link",
      category: "shared",
      info: { displayName: "Link" },
      attributes: { label: { type: "string" }, external: { type: "boolean", default: true }, icon: { type: "media" } },
    },
  ],
};
const attributes: Attributes = {
  title: { type: "string" },
  kind: { type: "enumeration", default: "news" },
  links: { type: "component", component: "shared.link", repeatable: true },
  zone: { type: "dynamiczone", components: ["shared.link"] },
  tags: { type: "relation", relationType: "manyToMany", targetModel: "api::tag.tag" },
  cover: { type: "media" },
};

test("what was loaded and not touched is sent as it came, without what belongs to the form", () => {
  const entry = {
    id: 4,
    title: "One",
    links: [{ id: 1, label: "a", external: false, icon: null }],
    zone: [{ __component: "shared.link", id: 2, label: "b", external: true, icon: { id: 9, name: "x.png" } }],
    tags: { count: 3 },
    cover: { id: 7, name: "y.png" },
  };
  expect(sendable(prepared(entry, attributes, schema), attributes, schema)).toEqual({
    title: "One",
    links: [{ id: 1, label: "a", external: false, icon: null }],
    zone: [{ __component: "shared.link", id: 2, label: "b", external: true, icon: 9 }],
    cover: 7,
  });
});

test("items keep their keys when they come back from the server", () => {
  const before = prepared({ links: [{ label: "new" }] }, attributes, schema);
  const after = prepared({ links: [{ id: 5, label: "new" }] }, attributes, schema, before);
  const key = (values: typeof before) => (values["links"] as { [KEY]: string }[])[0]?.[KEY];
  expect(key(after)).toBe(key(before));
});

test("relations are sent as what changed, or whole once they are put in an order", () => {
  const one = { id: 1, documentId: "a", name: "A" };
  const two = { id: 2, documentId: "b", name: "B", locale: "en" };
  const sent = (value: object) =>
    sendable({ tags: { count: 2, connect: [], disconnect: [], ...value } }, attributes, schema);
  expect(sent({ connect: [two], disconnect: [one] })).toEqual({
    tags: { connect: [{ id: 2, documentId: "b", locale: "en" }], disconnect: [{ id: 1, documentId: "a" }] },
  });
  expect(sent({ order: [two, one] })).toEqual({
    tags: {
      set: [
        { id: 2, documentId: "b", locale: "en" },
        { id: 1, documentId: "a" },
      ],
    },
  });
});

test("a new entry begins with the defaults of its type", () => {
  expect(defaults(attributes)).toEqual({
    title: null,
    kind: "news",
    links: [],
    zone: [],
    tags: { count: 0, connect: [], disconnect: [] },
    cover: null,
  });
});
