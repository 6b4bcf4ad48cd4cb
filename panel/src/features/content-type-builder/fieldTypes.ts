// What can be said of a field of each type: what is asked first, and what may be said besides.
import type { AttributeType } from "@/api/content";
import type { Field, Model, Properties, RelationType } from "./blueprint";

export type Option =
  | "default"
  | "required"
  | "unique"
  | "private"
  | "localized"
  | "minLength"
  | "maxLength"
  | "min"
  | "max"
  | "regex";

const TEXT: Option[] = ["default", "regex", "minLength", "maxLength", "required", "unique", "private", "localized"];
const NUMBER: Option[] = ["default", "min", "max", "required", "unique", "private", "localized"];
const MOMENT: Option[] = ["default", "required", "unique", "private", "localized"];
const PLAIN: Option[] = ["required", "private", "localized"];

export const OPTIONS: Record<Exclude<AttributeType, "timestamp">, Option[]> = {
  string: TEXT,
  text: TEXT,
  richtext: ["default", "minLength", "maxLength", "required", "private", "localized"],
  blocks: PLAIN,
  integer: NUMBER,
  biginteger: NUMBER,
  float: NUMBER,
  decimal: NUMBER,
  boolean: ["default", ...PLAIN],
  date: MOMENT,
  datetime: MOMENT,
  time: MOMENT,
  email: ["default", "minLength", "maxLength", "required", "unique", "private", "localized"],
  password: ["minLength", "maxLength", ...PLAIN],
  enumeration: ["default", ...PLAIN],
  uid: ["default", "regex", "minLength", "maxLength", ...PLAIN],
  json: ["default", ...PLAIN],
  media: PLAIN,
  component: ["min", "max", ...PLAIN],
  dynamiczone: ["min", "max", ...PLAIN],
  relation: ["private"],
};

export type ChoosableType = keyof typeof OPTIONS;

/** Return the types that a field of a model may have. */
export function typesFor({ isComponent }: Model): ChoosableType[] {
  const all = Object.keys(OPTIONS) as ChoosableType[];
  return isComponent ? all.filter((type) => type !== "uid" && type !== "dynamiczone") : all;
}

/** Return the options that may be said of a field now. */
export function optionsFor(model: Model, { type, targetField, repeatable }: Properties): Option[] {
  const { i18n } = model.pluginOptions;
  return (OPTIONS[type as ChoosableType] ?? []).filter((option) => {
    if (option === "localized") return i18n?.localized === true;
    if (option === "default" && type === "uid") return !targetField;
    if (type === "component" && (option === "min" || option === "max")) return repeatable === true;
    return true;
  });
}

export type Ways = "oneWay" | "manyWay" | "oneToOne" | "oneToMany" | "manyToOne" | "manyToMany";

export function waysOf({ relation, targetAttribute }: Properties): Ways {
  if (targetAttribute) return (relation ?? "oneToOne") as Ways;
  return relation === "oneToMany" || relation === "manyToMany" ? "manyWay" : "oneWay";
}

export const relationOf = (ways: Ways): RelationType =>
  ways === "oneWay" ? "oneToOne" : ways === "manyWay" ? "oneToMany" : ways;

export const hasOtherSide = (ways: Ways): boolean => ways !== "oneWay" && ways !== "manyWay";

/** Return the relations that may lead from one model to another. */
export function waysBetween(holder: Model, target: Model | undefined): Ways[] {
  const all: Ways[] =
    holder.isComponent || holder.kind === "singleType"
      ? ["oneWay", "manyWay"]
      : ["oneWay", "oneToOne", "oneToMany", "manyToOne", "manyToMany", "manyWay"];
  const only = target?.onlyRelations;
  return only ? all.filter((each) => only.includes(each)) : all;
}

export const isPolymorphic = ({ properties }: Field): boolean => properties.relation?.startsWith("morph") ?? false;

/** Say what a field begins with when its type was just chosen. */
export function beginning(type: AttributeType): Properties {
  if (type === "enumeration") return { type, enum: [] };
  if (type === "media") return { type, multiple: false, allowedTypes: ["images", "files", "videos", "audios"] };
  if (type === "component") return { type, repeatable: false };
  if (type === "dynamiczone") return { type, components: [] };
  if (type === "relation") return { type, relation: "oneToOne", targetAttribute: null };
  return { type };
}
