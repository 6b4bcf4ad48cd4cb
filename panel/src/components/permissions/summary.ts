// A selection in words: what a key can do, in a sentence or two.
import { texts } from "@/app/texts";
import type { Catalogue, Item } from "./catalogue";
import type { Selection } from "./selection";

/** Return sentences that tell what a selection allows, and what it leaves out. */
export function summaryOf(selection: Selection, catalogue: Catalogue): string[] {
  if (selection.size === 0) return [texts.permissions.nothing];
  const items = [...selection.keys()].flatMap((key) => catalogue.items.get(key) ?? []);
  return [content(items, catalogue), others(items), without(selection, items)].filter((words) => words !== "");
}

function content(items: Item[], catalogue: Catalogue): string {
  const total = catalogue.subjects.length;
  const told = catalogue.actions.map(({ id, label }) => {
    const types = items.filter((item) => item.subject !== null && item.action === id);
    return { verb: label.toLowerCase(), names: types.map(({ group }) => group) };
  });
  const can = told.filter(({ names }) => names.length > 0);
  const cannot = told.filter(({ names }) => names.length === 0).map(({ verb }) => verb);
  if (can.length === 0) return texts.permissions.noContent;
  const reaches = [...new Set(can.map(({ names }) => names.join("|")))];
  const parts = reaches.map((reach) => {
    const alike = can.filter(({ names }) => names.join("|") === reach);
    return texts.permissions.reach(
      alike.map(({ verb }) => verb),
      alike[0]?.names ?? [],
      total,
    );
  });
  return `${texts.permissions.can(parts)}${cannot.length > 0 ? texts.permissions.cannot(cannot) : ""}.`;
}

function others(items: Item[]): string {
  const plugins = items.filter(({ tab }) => tab === "plugins").length;
  const settings = items.filter(({ tab }) => tab === "settings").length;
  return plugins + settings > 0 ? texts.permissions.others(plugins, settings) : "";
}

/** Tell the fields that are left out of what is otherwise granted; a long list is cut. */
function without(selection: Selection, items: Item[]): string {
  const named = new Set<string>();
  for (const item of items) {
    const held = selection.get(item.key)?.fields;
    for (const field of item.fields ?? []) if (held && !held.has(field)) named.add(field);
  }
  return named.size > 0 ? texts.permissions.without([...named]) : "";
}
