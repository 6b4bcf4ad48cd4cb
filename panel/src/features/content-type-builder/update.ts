// From what somebody changed to what is sent, and from what the server refuses back to the field that it means.
import type { Problem } from "@/api/problem";
import type { Rename } from "./api";
import type { Blueprint, Field, Model, Properties } from "./blueprint";

interface SentAttribute {
  action: "create" | "update";
  name: string;
  properties: Properties;
}

interface SentModel {
  action: "create" | "update" | "delete";
  uid: string;
  attributes?: SentAttribute[];
  [key: string]: unknown;
}

export interface Update {
  contentTypes: SentModel[];
  components: SentModel[];
}

/** What differs between two blueprints. */
export interface Difference {
  made: Model[];
  gone: Model[];
  changed: { before: Model; now: Model }[];
}

export function differenceOf(saved: Blueprint, now: Blueprint): Difference {
  const models = Object.values(now);
  return {
    made: models.filter(({ uid }) => !saved[uid]),
    gone: Object.values(saved).filter(({ uid }) => !now[uid]),
    changed: models.flatMap((model) => {
      const before = saved[model.uid];
      return before && JSON.stringify(before) !== JSON.stringify(model) ? [{ before, now: model }] : [];
    }),
  };
}

export const sizeOf = ({ made, gone, changed }: Difference): number => made.length + gone.length + changed.length;

export function updateOf({ made, gone, changed }: Difference): Update {
  const sent: [boolean, SentModel][] = [
    ...made.map((model): [boolean, SentModel] => [model.isComponent, sentModel("create", model)]),
    ...changed.map(({ now }): [boolean, SentModel] => [now.isComponent, sentModel("update", now)]),
    ...gone.map(({ isComponent, uid }): [boolean, SentModel] => [isComponent, { action: "delete", uid }]),
  ];
  return {
    contentTypes: sent.flatMap(([isComponent, model]) => (isComponent ? [] : [model])),
    components: sent.flatMap(([isComponent, model]) => (isComponent ? [model] : [])),
  };
}

function sentModel(action: "create" | "update", model: Model): SentModel {
  const { uid, displayName, description, isComponent, category, icon, kind, draftAndPublish, pluginOptions } = model;
  const both = { action, uid, displayName, description, attributes: model.fields.map(sentField) };
  if (isComponent) return { ...both, category, ...(icon ? { icon } : {}) };
  const { singularName, pluralName } = model;
  const names = action === "create" ? { singularName, pluralName } : {};
  return { ...both, ...names, kind, draftAndPublish, pluginOptions };
}

function sentField({ name, was, properties }: Field): SentAttribute {
  const { mappedBy: _, inversedBy: __, ...rest } = properties;
  return { action: was === name ? "update" : "create", name, properties: rest };
}

/** Return the fields that go on under another name; a side of a relation that keeps nothing needs no word. */
export function renamesOf({ changed }: Difference): Rename[] {
  return changed.flatMap(({ before, now }) =>
    now.fields.flatMap(({ name, was, properties }) => {
      const old = before.fields.find((field) => field.name === was)?.properties;
      if (!was || !old || was === name || old.type !== properties.type || old.mappedBy) return [];
      return [{ uid: now.uid, from: was, to: name }];
    }),
  );
}

/** What is wrong with a model, with a field of it, or with one thing that is said of a field. */
export interface Fault {
  uid?: string | undefined;
  field?: string | undefined;
  key?: string | undefined;
  message: string;
}

export function faultsOf(problem: Problem, update: Update): Fault[] {
  const errors = Object.entries(problem.fields);
  if (errors.length === 0) return [{ message: problem.message }];
  return errors.map(([path, message]) => ({ ...placeOf(path, update), message }));
}

const PLACE = /^data\.(contentTypes|components)\.(\d+)\.?(?:attributes\.(\d+)\.?(?:properties\.?)?)?(.*)$/;

function placeOf(path: string, update: Update): Omit<Fault, "message"> {
  const [found, list, index, attribute, key] = PLACE.exec(path) ?? [];
  const models = [...update.contentTypes, ...update.components];
  if (found) {
    const model = update[list as keyof Update][Number(index)];
    return { uid: model?.uid, field: model?.attributes?.[Number(attribute)]?.name, key: key || undefined };
  }
  const model = models.find(({ uid }) => path === uid || path.startsWith(`${uid}.`));
  const [first, second] = model ? path.slice(model.uid.length + 1).split(".") : [];
  if (first === "info") return { uid: model?.uid, key: second };
  return { uid: model?.uid, field: first || undefined, key: second };
}
