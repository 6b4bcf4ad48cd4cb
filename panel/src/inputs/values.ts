// Entries between the server and a form: list items get keys that stay, relations become changes, and back.
import type { Attribute, Attributes, ContentSchema, Linked, Values } from "@/api/content";
import type { MediaFile } from "@/api/files";

export const KEY = "__temp_key__"; // what tells the items of a list apart; the server's own copies use it, too

export interface RelationValue {
  count: number; // of what is saved
  connect: Linked[];
  disconnect: Linked[];
  order?: Linked[]; // all of them, once somebody puts them in an order
}

export interface Part extends Values {
  id?: number;
  __component?: string;
  [KEY]: string;
}

let made = 0;

export function newKey(): string {
  made += 1;
  return `new-${made}`;
}

export function attributesOf(schema: ContentSchema, uid: string): Attributes {
  return schema.components.find((component) => component.uid === uid)?.attributes ?? {};
}

/** Return an entry as a form holds it; items keep the keys that they had before. */
export function prepared(entry: Values, attributes: Attributes, schema: ContentSchema, before: Values = {}): Values {
  const named = Object.entries(attributes).filter(([name]) => name in entry);
  return Object.fromEntries(
    named.map(([name, attribute]) => [name, preparedValue(entry[name], attribute, schema, before[name])]),
  );
}

function preparedValue(value: unknown, attribute: Attribute, schema: ContentSchema, before: unknown): unknown {
  if (attribute.type === "relation") return relationOf(value);
  if (value === null || value === undefined) return value;
  if (attribute.type === "component" && attribute.component) {
    const uid = attribute.component;
    if (!Array.isArray(value)) return preparedPart(value as Values, uid, schema, before as Part | null);
    return value.map((part, index) => preparedPart(part as Values, uid, schema, (before as Part[] | null)?.[index]));
  }
  if (attribute.type === "dynamiczone" && Array.isArray(value)) {
    return value.map((part: Values, index) => {
      const uid = String(part["__component"]);
      return { ...preparedPart(part, uid, schema, (before as Part[] | null)?.[index]), __component: uid };
    });
  }
  return value;
}

function preparedPart(part: Values, uid: string, schema: ContentSchema, before: Part | null | undefined): Part {
  const id = part["id"] as number | undefined;
  return {
    ...(id === undefined ? {} : { id }),
    ...prepared(part, attributesOf(schema, uid), schema, before ?? {}),
    [KEY]: before?.[KEY] ?? newKey(),
  };
}

function relationOf(value: unknown): RelationValue {
  const { count = 0, connect = [], disconnect = [] } = (value ?? {}) as Partial<RelationValue>;
  return { count, connect, disconnect };
}

/** Return what is sent of some values: no keys, relations as changes, files by their ids. */
export function sendable(values: Values, attributes: Attributes, schema: ContentSchema): Values {
  const sent: Values = {};
  for (const [name, value] of Object.entries(values)) {
    const attribute = attributes[name];
    if (!attribute || name === "id" || name === "documentId") continue;
    const told = sendableValue(value, attribute, schema);
    if (told !== undefined) sent[name] = told;
  }
  return sent;
}

function sendableValue(value: unknown, attribute: Attribute, schema: ContentSchema): unknown {
  if (attribute.type === "relation") return sendableRelation(value as RelationValue);
  if (value === null || value === undefined) return value;
  if (attribute.type === "media") return Array.isArray(value) ? value.map(fileId) : fileId(value);
  if (attribute.type === "component" && attribute.component) {
    const uid = attribute.component;
    if (Array.isArray(value)) return value.map((part) => sendablePart(part as Part, uid, schema));
    return sendablePart(value as Part, uid, schema);
  }
  if (attribute.type === "dynamiczone" && Array.isArray(value)) {
    return value.map((part: Part) => ({
      __component: part.__component,
      ...sendablePart(part, String(part.__component), schema),
    }));
  }
  return value;
}

const fileId = (file: unknown): number => (file as MediaFile).id;

function sendablePart({ id, ...part }: Part, uid: string, schema: ContentSchema): Values {
  const own = sendable(part, attributesOf(schema, uid), schema);
  return id === undefined ? own : { id, ...own };
}

function sendableRelation({ connect, disconnect, order }: RelationValue): Values | undefined {
  if (order) return { set: order.map(named) };
  if (connect.length === 0 && disconnect.length === 0) return undefined;
  return { connect: connect.map(named), disconnect: disconnect.map(named) };
}

function named({ id, documentId, locale }: Linked): Values {
  return locale ? { id, documentId, locale } : { id, documentId };
}

/** Return what a new entry or a new component begins with. */
export function defaults(attributes: Attributes): Values {
  const values: Values = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    if (isOwnedByServer(name)) continue;
    if (attribute.type === "relation") values[name] = { count: 0, connect: [], disconnect: [] };
    else if (attribute.default !== undefined) values[name] = attribute.default;
    else values[name] = attribute.type === "dynamiczone" || attribute.repeatable ? [] : null;
  }
  return values;
}

const SERVERS = new Set(["id", "documentId", "createdAt", "updatedAt", "publishedAt", "createdBy", "updatedBy"]);

export const isOwnedByServer = (name: string): boolean =>
  SERVERS.has(name) || name === "locale" || name === "localizations";

/** Return a new component with what it begins with. */
export function newPart(uid: string, schema: ContentSchema): Part {
  return { ...defaults(attributesOf(schema, uid)), [KEY]: newKey() };
}
