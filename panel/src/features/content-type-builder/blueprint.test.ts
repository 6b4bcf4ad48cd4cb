import { expect, test } from "vitest";
import { Problem } from "@/api/problem";
import {
  type Blueprint,
  type Field,
  type Model,
  slug,
  withField,
  withModelAs,
  withoutField,
  withoutModel,
} from "./blueprint";
import { summaryOf } from "./summary";
import { differenceOf, faultsOf, renamesOf, updateOf } from "./update";

const model = (uid: string, fields: Field[], more: Partial<Model> = {}): Model => ({
  uid,
  isComponent: false,
  isNew: false,
  isShown: true,
  displayName: uid,
  description: "",
  fields,
  kind: "collectionType",
  singularName: uid,
  pluralName: `${uid}s`,
  draftAndPublish: false,
  pluginOptions: {},
  onlyRelations: null,
  category: "",
  icon: "",
  ...more,
});

const link = (name: string, target: string, targetAttribute: string): Field => ({
  name,
  properties: { type: "relation", relation: "oneToMany", target, targetAttribute },
});

const title: Field = { name: "title", was: "title", properties: { type: "string" } };
const slugged: Field = { name: "slug", was: "slug", properties: { type: "uid", targetField: "title" } };
const all: Blueprint = { a: model("a", [title, slugged]), b: model("b", []) };
const linked = withField(all, "a", link("bs", "b", "a"));

test("a relation with two sides stands in both types", () => {
  expect(linked["b"]?.fields).toEqual([
    { name: "a", properties: { type: "relation", relation: "manyToOne", target: "a", targetAttribute: "bs" } },
  ]);
});

test("a relation that goes takes its other side along", () => {
  const field = linked["a"]?.fields.at(-1) as Field;
  expect(withoutField(linked, "a", field)).toEqual(all);
});

test("a relation that is called otherwise stays connected", () => {
  const field = linked["a"]?.fields.at(-1) as Field;
  const renamed = withField(linked, "a", { ...field, name: "others" }, field);
  expect(renamed["b"]?.fields[0]?.properties.targetAttribute).toBe("others");
  expect(renamed["b"]?.fields).toHaveLength(1);
});

test("a type that goes takes along what leads to it", () => {
  expect(withoutModel(linked, "b")["a"]?.fields).toEqual([title, slugged]);
});

test("a component that gets another uid is found under it", () => {
  const holder = model("h", [{ name: "part", properties: { type: "component", component: "x.old" } }]);
  const moved = withModelAs({ h: holder, "x.old": model("x.old", []) }, "x.old", model("x.new", []));
  expect(moved["h"]?.fields[0]?.properties.component).toBe("x.new");
  expect(Object.keys(moved)).toEqual(["h", "x.new"]);
});

test("a field that is called otherwise goes on, and the uid that is made from it follows", () => {
  const now = withField(all, "a", { ...title, name: "headline" }, title);
  const difference = differenceOf(all, now);
  expect(renamesOf(difference)).toEqual([{ uid: "a", from: "title", to: "headline" }]);
  expect(now["a"]?.fields[1]?.properties.targetField).toBe("headline");
  expect(summaryOf(difference)).toEqual(["Changed: a – renames title to headline, with its content; changes slug"]);
});

test("what is the same again is no change", () => {
  const there = withField(all, "a", { ...title, name: "headline" }, title);
  const headline = there["a"]?.fields[0] as Field;
  expect(differenceOf(all, withField(there, "a", title, headline))).toEqual({ made: [], gone: [], changed: [] });
});

test("what the server refuses is led back to the field that it means", () => {
  const update = updateOf(differenceOf(all, linked));
  const errors = [
    { path: ["data", "contentTypes", "0", "attributes", "2", "properties", "target"], message: "one" },
    { path: ["b", "info", "pluralName"], message: "two" },
    { path: ["elsewhere"], message: "three" },
  ];
  expect(faultsOf(new Problem(400, { error: "one", details: { errors } }), update)).toEqual([
    { uid: "a", field: "bs", key: "target", message: "one" },
    { uid: "b", key: "pluralName", message: "two" },
    { message: "three" },
  ]);
});

test.each([
  ["Meeting Place", "meeting-place"],
  ["FAQItem", "faq-item"],
  ["Café & Bar", "cafe-and-bar"],
])("%s becomes %s", (name, expected) => {
  expect(slug(name)).toBe(expected);
});
