// What is ticked: a value that knows fields, locales and conditions of each item. Nothing here draws or asks.
import type { Permission } from "@/api/types";
import { type Catalogue, type Item, keyOf } from "./catalogue";

export interface Held {
  fields: ReadonlySet<string> | null; // null where fields mean nothing
  locales: ReadonlySet<string> | null;
  conditions: readonly string[];
}

export type Selection = ReadonlyMap<string, Held>;
export type Amount = "none" | "some" | "all";

/** Return what a list of permissions ticks; several of one kind, as several roles give them, add up. */
export function selectionOf(permissions: readonly Permission[], catalogue: Catalogue): Selection {
  const found = new Map<string, Held>();
  for (const permission of permissions) {
    const item = catalogue.items.get(keyOf(permission.action, permission.subject));
    if (item) found.set(item.key, joined(found.get(item.key), heldOf(permission, item)));
  }
  return found;
}

/** Return the permissions to send; fields and locales are told one by one, so that new ones are not granted unseen. */
export function permissionsOf(selection: Selection, catalogue: Catalogue): Permission[] {
  return [...selection].flatMap(([key, held]) => {
    const item = catalogue.items.get(key);
    return item ? [permissionOf(item, held)] : [];
  });
}

/** Return an item granted as far as the ceiling allows, or as a whole. */
export function whole(item: Item, ceiling?: Selection): Held | undefined {
  if (ceiling) return ceiling.get(item.key);
  return { fields: asSet(item.fields), locales: asSet(item.locales), conditions: [] };
}

/** Return how much of what may be granted is granted. */
export function amountOf(selection: Selection, item: Item, ceiling?: Selection): Amount {
  const held = selection.get(item.key);
  if (!held) return "none";
  const most = whole(item, ceiling);
  const full = covers(held.fields, most?.fields ?? null) && covers(held.locales, most?.locales ?? null);
  return full ? "all" : "some";
}

export function toggled(selection: Selection, items: readonly Item[], on: boolean, ceiling?: Selection): Selection {
  const next = new Map(selection);
  for (const item of items) {
    const granted = on ? whole(item, ceiling) : undefined;
    if (granted)
      next.set(item.key, { ...granted, conditions: selection.get(item.key)?.conditions ?? granted.conditions });
    else next.delete(item.key);
  }
  return next;
}

/** Return the selection with one field or locale of an item ticked or not; with none left, the item goes too. */
export function withPart(
  selection: Selection,
  item: Item,
  part: "fields" | "locales",
  value: string,
  on: boolean,
  ceiling?: Selection,
): Selection {
  const next = new Map(selection);
  const held = selection.get(item.key) ?? started(item, part, ceiling);
  const values = new Set(held[part]);
  if (on) values.add(value);
  else values.delete(value);
  if (values.size === 0) next.delete(item.key);
  else next.set(item.key, { ...held, [part]: values });
  return next;
}

export function withCondition(selection: Selection, item: Item, condition: string, on: boolean): Selection {
  const held = selection.get(item.key);
  if (!held) return selection;
  const others = held.conditions.filter((each) => each !== condition);
  return new Map(selection).set(item.key, { ...held, conditions: on ? [...others, condition] : others });
}

/** Return the keys of what one selection grants and another does not, in whole or in part. */
export function lost(before: Selection, after: Selection): string[] {
  return [...before].flatMap(([key, held]) => {
    const now = after.get(key);
    const less = !now || !covers(now.fields, held.fields) || !covers(now.locales, held.locales);
    return less || (now.conditions.length > 0 && held.conditions.length === 0) ? [key] : [];
  });
}

export function isSame(one: Selection, other: Selection): boolean {
  return describe(one) === describe(other);
}

function describe(selection: Selection): string {
  const told = [...selection].map(([key, held]) => [
    key,
    sorted(held.fields),
    sorted(held.locales),
    sorted(held.conditions),
  ]);
  return JSON.stringify(told.sort(([a], [b]) => String(a).localeCompare(String(b))));
}

function heldOf({ properties, conditions }: Permission, item: Item): Held {
  return {
    fields: item.fields && chosen(properties?.fields, item.fields),
    locales: item.locales && chosen(properties?.locales, item.locales),
    conditions: conditions ?? [],
  };
}

/** Return which of the parts are meant: without a list all of them, and a component means all of its fields. */
function chosen(named: readonly string[] | null | undefined, all: readonly string[]): ReadonlySet<string> {
  if (!named) return new Set(all);
  return new Set(all.filter((part) => named.some((name) => part === name || part.startsWith(`${name}.`))));
}

function joined(one: Held | undefined, other: Held): Held {
  if (!one) return other;
  const free = one.conditions.length === 0 || other.conditions.length === 0;
  return {
    fields: union(one.fields, other.fields),
    locales: union(one.locales, other.locales),
    conditions: free ? [] : [...new Set([...one.conditions, ...other.conditions])],
  };
}

function permissionOf(item: Item, held: Held): Permission {
  const fields = held.fields && item.fields ? { fields: item.fields.filter((field) => held.fields?.has(field)) } : {};
  const locales =
    held.locales && item.locales ? { locales: item.locales.filter((code) => held.locales?.has(code)) } : {};
  const { action, subject } = item;
  return { action, subject, properties: { ...fields, ...locales }, conditions: [...held.conditions] };
}

function started(item: Item, part: "fields" | "locales", ceiling?: Selection): Held {
  const most = whole(item, ceiling) ?? { fields: null, locales: null, conditions: [] };
  return { ...most, [part]: new Set<string>() };
}

function covers(held: ReadonlySet<string> | null, most: ReadonlySet<string> | null): boolean {
  return !most || (held !== null && [...most].every((value) => held.has(value)));
}

const asSet = (values: readonly string[] | null): ReadonlySet<string> | null => values && new Set(values);
const sorted = (values: Iterable<string> | null): string[] | null => values && [...values].sort();

function union(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null): ReadonlySet<string> | null {
  return one && other ? new Set([...one, ...other]) : (one ?? other);
}
