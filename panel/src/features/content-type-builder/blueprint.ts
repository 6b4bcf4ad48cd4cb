// Content types and components as somebody changes them: plain values, and every change a function that returns new ones.
import type { AttributeType } from "@/api/content";

export type RelationType =
  | "oneToOne"
  | "oneToMany"
  | "manyToOne"
  | "manyToMany"
  | "morphOne"
  | "morphMany"
  | "morphToOne"
  | "morphToMany";

/** What is said of a field; what the panel does not know is kept as it is. */
export interface Properties {
  type: AttributeType;
  required?: boolean;
  unique?: boolean;
  private?: boolean;
  configurable?: boolean;
  default?: unknown;
  min?: number | string;
  max?: number | string;
  minLength?: number;
  maxLength?: number;
  regex?: string;
  enum?: string[];
  targetField?: string;
  component?: string;
  repeatable?: boolean;
  components?: string[];
  multiple?: boolean;
  allowedTypes?: string[];
  relation?: RelationType;
  target?: string;
  targetAttribute?: string | null;
  mappedBy?: string;
  inversedBy?: string;
  pluginOptions?: { i18n?: { localized?: boolean } };
}

export interface Field {
  name: string;
  was?: string; // what it is called where it is saved
  properties: Properties;
}

export interface Model {
  uid: string;
  isComponent: boolean;
  isNew: boolean;
  isShown: boolean; // in the builder
  displayName: string;
  description: string;
  fields: Field[];
  // Of content types.
  kind: "collectionType" | "singleType";
  singularName: string;
  pluralName: string;
  draftAndPublish: boolean;
  pluginOptions: { i18n?: { localized?: boolean } };
  onlyRelations: string[] | null; // those that may lead here; null for any
  // Of components.
  category: string;
  icon: string;
}

export type Blueprint = Readonly<Record<string, Model>>;

const MIRRORED: Partial<Record<RelationType, RelationType>> = {
  oneToOne: "oneToOne",
  oneToMany: "manyToOne",
  manyToOne: "oneToMany",
  manyToMany: "manyToMany",
};

export const isLocalized = (model: Model): boolean => model.pluginOptions.i18n?.localized === true;

export function withModel(all: Blueprint, model: Model): Blueprint {
  return { ...all, [model.uid]: model };
}

/** Put a model in the place of one that was called otherwise, and let what leads to it follow. */
export function withModelAs(all: Blueprint, uid: string, model: Model): Blueprint {
  if (uid === model.uid) return withModel(all, model);
  const next = (each: string) => (each === uid ? model.uid : each);
  const follow = ({ properties, ...field }: Field): Field => {
    const { target, component, components } = properties;
    const changed = {
      ...(target && { target: next(target) }),
      ...(component && { component: next(component) }),
      ...(components && { components: components.map(next) }),
    };
    return { ...field, properties: { ...properties, ...changed } };
  };
  const models = Object.values(all).map((each) => (each.uid === uid ? model : each));
  return Object.fromEntries(models.map((each) => [each.uid, { ...each, fields: each.fields.map(follow) }]));
}

/** Take a model away, with every field that leads to it. */
export function withoutModel(all: Blueprint, uid: string): Blueprint {
  const rest = Object.values(all).filter((model) => model.uid !== uid);
  return Object.fromEntries(rest.map((model) => [model.uid, { ...model, fields: remaining(model.fields, uid) }]));
}

function remaining(fields: Field[], uid: string): Field[] {
  return fields
    .filter(({ properties }) => properties.target !== uid && properties.component !== uid)
    .map((field) => {
      const { components } = field.properties;
      if (!components?.includes(uid)) return field;
      return { ...field, properties: { ...field.properties, components: components.filter((each) => each !== uid) } };
    });
}

/** Put a field in the place of one, or at the end; the field on the other side of a relation follows. */
export function withField(all: Blueprint, uid: string, field: Field, before?: Field): Blueprint {
  const cleared = before && before.properties.type === "relation" ? withoutOtherSide(all, uid, before, field) : all;
  const placed = changeFields(cleared, uid, (fields) =>
    before ? fields.map((each) => (each.name === before.name ? field : each)) : [...fields, field],
  );
  return withOtherSide(renamedSource(placed, uid, before?.name, field.name), uid, field);
}

/** Let the uids that are made from a field know its new name. */
function renamedSource(all: Blueprint, uid: string, before: string | undefined, now: string): Blueprint {
  if (!before || before === now) return all;
  return changeFields(all, uid, (fields) =>
    fields.map((each) =>
      each.properties.targetField === before ? { ...each, properties: { ...each.properties, targetField: now } } : each,
    ),
  );
}

export function withoutField(all: Blueprint, uid: string, field: Field): Blueprint {
  const cleared = withoutOtherSide(all, uid, field);
  return changeFields(cleared, uid, (fields) => fields.filter(({ name }) => name !== field.name));
}

export function withFields(all: Blueprint, uid: string, fields: Field[]): Blueprint {
  return changeFields(all, uid, () => fields);
}

function changeFields(all: Blueprint, uid: string, change: (fields: Field[]) => Field[]): Blueprint {
  const model = all[uid];
  return model ? { ...all, [uid]: { ...model, fields: change(model.fields) } } : all;
}

/** Take the other side of a relation away, unless the relation goes on with it. */
function withoutOtherSide(all: Blueprint, uid: string, { name, properties }: Field, next?: Field): Blueprint {
  const { target, targetAttribute } = properties;
  if (!target || !targetAttribute) return all;
  const now = next?.properties;
  if (now?.target === target && now.targetAttribute === targetAttribute) return all;
  return changeFields(all, target, (fields) =>
    fields.filter((each) => !(each.name === targetAttribute && leadsTo(each, uid, name))),
  );
}

const leadsTo = ({ properties }: Field, uid: string, name: string): boolean =>
  properties.target === uid && properties.targetAttribute === name;

function withOtherSide(all: Blueprint, uid: string, { name, properties }: Field): Blueprint {
  const { target, targetAttribute, relation } = properties;
  const mirrored = relation && MIRRORED[relation];
  if (!target || !targetAttribute || !mirrored) return all;
  return changeFields(all, target, (fields) => {
    const old = fields.find((each) => each.name === targetAttribute);
    const { mappedBy: _, inversedBy: __, ...kept } = old?.properties ?? { type: "relation" as const };
    const changed: Properties = { ...kept, type: "relation", relation: mirrored, target: uid, targetAttribute: name };
    if (old) return fields.map((each) => (each === old ? { ...old, properties: changed } : each));
    return [...fields, { name: targetAttribute, properties: changed }];
  });
}

/** Return a text as part of a uid, as the server makes it: words in lower case, of plain letters and digits. */
export function slug(text: string): string {
  const plain = text.replaceAll("&", " and ").normalize("NFD").replace(/\p{M}/gu, "");
  const spaced = plain.replace(/(?<=[A-Z]{2})(?=\d)|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z\d])/g, " ");
  return spaced
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Return a plural for a name, which may be changed before it is saved. */
export function plural(name: string): string {
  if (/(s|x|z|ch|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
