// What will be different, in words.
import { texts } from "@/app/texts";
import type { Field, Model } from "./blueprint";
import type { Difference } from "./update";

const WORDS = texts.builder;

export function summaryOf({ made, gone, changed }: Difference): string[] {
  return [
    ...made.map(({ displayName, fields }) => `${WORDS.wouldAdd(displayName)} (${WORDS.fieldCount(fields.length)})`),
    ...changed.map(({ before, now }) => `${WORDS.wouldChange(now.displayName)} – ${changesOf(before, now).join("; ")}`),
    ...gone.map(({ displayName }) => WORDS.wouldRemove(displayName)),
  ];
}

function changesOf(before: Model, now: Model): string[] {
  const old = new Map(before.fields.map((field) => [field.name, field]));
  const kept = new Set(now.fields.map(({ was }) => was));
  const names = (fields: Field[]) => fields.map(({ name }) => name);
  const added = now.fields.filter(({ was }) => !was);
  const dropped = before.fields.filter(({ name }) => !kept.has(name));
  const renamed = now.fields.filter(({ was, name }) => was && was !== name);
  const altered = now.fields.filter(({ was, properties }) => was && !isSame(old.get(was)?.properties, properties));
  const told = [
    ...(added.length ? [WORDS.added(names(added))] : []),
    ...(dropped.length ? [WORDS.dropped(names(dropped))] : []),
    ...renamed.map(({ was, name }) => WORDS.renamed(was ?? "", name)),
    ...(altered.length ? [WORDS.altered(names(altered))] : []),
  ];
  const { fields: _, ...settings } = now;
  const { fields: __, ...earlier } = before;
  if (!isSame(settings, earlier)) told.push(WORDS.settings);
  return told.length > 0 ? told : [WORDS.moved];
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
