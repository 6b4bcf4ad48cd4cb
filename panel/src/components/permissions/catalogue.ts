// Everything that can be granted, as the matrix shows it: made from the server's catalogue, and nothing asked twice.
import { queryOptions } from "@tanstack/react-query";
import { client, data } from "@/api/client";

interface Field {
  label: string;
  value: string;
  children?: Field[];
}

interface Property {
  value: string;
  children: Field[];
}

interface SubjectAnswer {
  uid: string;
  label: string;
  properties: Property[];
}

interface ActionAnswer {
  label: string;
  actionId: string;
  subjects: string[];
  applyToProperties: string[];
}

interface Section {
  subjects: SubjectAnswer[];
  actions: ActionAnswer[];
}

interface PlainAnswer {
  displayName: string;
  action: string;
  subCategory: string;
  plugin?: string;
  category?: string;
}

interface CatalogueAnswer {
  conditions: { id: string; displayName: string }[];
  sections: {
    collectionTypes: Section;
    singleTypes: Section;
    plugins: PlainAnswer[];
    settings: PlainAnswer[];
  };
}

export type Tab = "collectionTypes" | "singleTypes" | "plugins" | "settings";
export const TABS: readonly Tab[] = ["collectionTypes", "singleTypes", "plugins", "settings"];

/** One thing that can be granted: an action, on a content type or on its own. */
export interface Item {
  key: string;
  action: string;
  subject: string | null;
  tab: Tab;
  label: string;
  group: string; // the name of the content type, plugin or page of the settings
  detail: string;
  fields: readonly string[] | null; // null where fields mean nothing
  locales: readonly string[] | null;
}

export interface Subject {
  uid: string;
  label: string;
  tab: Tab;
  fields: readonly string[];
  locales: readonly string[];
}

export interface Catalogue {
  items: ReadonlyMap<string, Item>;
  subjects: readonly Subject[];
  actions: readonly { id: string; label: string }[];
  conditions: readonly { id: string; label: string }[];
}

export const catalogueQuery = queryOptions({
  queryKey: ["permissions", "catalogue"],
  queryFn: async () => catalogueOf(await data<CatalogueAnswer>(client.GET("/admin/permissions"))),
  staleTime: 60_000,
});

export const keyOf = (action: string, subject: string | null | undefined): string => `${action}|${subject ?? ""}`;

export function catalogueOf({ conditions, sections }: CatalogueAnswer): Catalogue {
  const types = (["collectionTypes", "singleTypes"] as const).map((tab) => contentOf(tab, sections[tab]));
  const plain = (["plugins", "settings"] as const).flatMap((tab) => sections[tab].map((each) => plainItem(tab, each)));
  const items = [...types.flatMap(({ items }) => items), ...plain];
  return {
    items: new Map(items.map((item) => [item.key, item])),
    subjects: types.flatMap(({ subjects }) => subjects),
    actions: sections.collectionTypes.actions.map(({ actionId, label }) => ({ id: actionId, label })),
    conditions: conditions.map(({ id, displayName }) => ({ id, label: displayName })),
  };
}

function contentOf(tab: Tab, section: Section): { items: Item[]; subjects: Subject[] } {
  const subjects = section.subjects.map((subject) => subjectOf(tab, subject));
  const items = subjects.flatMap((subject) =>
    section.actions.filter((action) => action.subjects.includes(subject.uid)).map((action) => itemOf(subject, action)),
  );
  return { items, subjects };
}

function subjectOf(tab: Tab, { uid, label, properties }: SubjectAnswer): Subject {
  const named = (name: string) => properties.find(({ value }) => value === name)?.children ?? [];
  const locales = named("locales").map(({ value }) => value);
  return { uid, label: capitalized(label), tab, fields: leaves(named("fields"), ""), locales };
}

function itemOf(subject: Subject, action: ActionAnswer): Item {
  const takes = (name: string) => action.applyToProperties.includes(name);
  return {
    key: keyOf(action.actionId, subject.uid),
    action: action.actionId,
    subject: subject.uid,
    tab: subject.tab,
    label: action.label,
    group: subject.label,
    detail: "",
    fields: takes("fields") ? subject.fields : null,
    locales: takes("locales") && subject.locales.length > 0 ? subject.locales : null,
  };
}

function plainItem(tab: Tab, { displayName, action, subCategory, plugin, category }: PlainAnswer): Item {
  const group = capitalized((plugin ?? category ?? "").replaceAll("-", " "));
  const key = keyOf(action, null);
  const detail = capitalized(spaced(subCategory));
  return { key, action, subject: null, tab, label: displayName, group, detail, fields: null, locales: null };
}

/** Return the paths of the fields that hold values; components are told by their parts. */
function leaves(fields: Field[], above: string): string[] {
  return fields.flatMap(({ value, children }) =>
    children?.length ? leaves(children, `${above}${value}.`) : [`${above}${value}`],
  );
}

const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const spaced = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
