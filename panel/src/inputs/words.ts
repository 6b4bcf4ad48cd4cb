// What attributes and entries are called.
import type { Attribute, Linked, Model, Values, View } from "@/api/content";
import { texts } from "@/app/texts";

/** Return the label of an attribute: what somebody chose, or its name in words. */
export function labelOf(name: string, view: View | undefined): string {
  const label = view?.metadatas[name]?.edit.label ?? view?.metadatas[name]?.list.label;
  if (label && label !== name) return label;
  return inWords(name);
}

/** Turn `internalNote` into “Internal note”. */
export function inWords(name: string): string {
  const known = texts.content.attributes[name as keyof typeof texts.content.attributes];
  if (known) return known;
  const spaced = name
    .replace(/[_-]+/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, (_, last, first) => `${last} ${first.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Return what stands for an entry in one line. */
export function nameOfEntry(entry: Values, mainField: string | undefined): string {
  const value = mainField ? entry[mainField] : undefined;
  if (typeof value === "string" && value.trim()) return value;
  if (typeof value === "number") return String(value);
  return texts.content.untitled;
}

export function nameOfLinked(linked: Linked, mainField: string | undefined): string {
  const value = mainField ? linked[mainField] : undefined;
  return typeof value === "string" && value.trim() ? value : linked.documentId;
}

/** Return what stands for a component: its main field, or the first of its values that is a text. */
export function nameOfPart(part: Values, model: Model, view: View | undefined): string | undefined {
  const main = view?.settings.mainField;
  const names = main ? [main, ...Object.keys(model.attributes)] : Object.keys(model.attributes);
  const found = names.find((name) => isText(model.attributes[name]) && typeof part[name] === "string" && part[name]);
  return found ? String(part[found]) : undefined;
}

const isText = (attribute: Attribute | undefined): boolean =>
  ["string", "text", "richtext", "email", "uid", "enumeration"].includes(attribute?.type ?? "");
