// Ready choices for the permissions of a token, within what its owner holds.
import { texts } from "@/app/texts";
import type { Catalogue, Item } from "./catalogue";
import { type Selection, toggled } from "./selection";

const EXPLORER = "plugin::content-manager.explorer.";

export interface Preset {
  id: string;
  label: string;
  hint: string;
  takes: (item: Item) => boolean;
}

const isContent = (item: Item, ...verbs: string[]): boolean => verbs.some((verb) => item.action === EXPLORER + verb);

export const PRESETS: readonly Preset[] = [
  { id: "read", label: texts.presets.read, hint: texts.presets.readHint, takes: (item) => isContent(item, "read") },
  {
    id: "drafts",
    label: texts.presets.drafts,
    hint: texts.presets.draftsHint,
    takes: (item) => isContent(item, "read", "create", "update"),
  },
  {
    id: "all-but-delete",
    label: texts.presets.keep,
    hint: texts.presets.keepHint,
    takes: (item) => item.action.startsWith(EXPLORER) && !isContent(item, "delete"),
  },
  {
    id: "same",
    label: texts.presets.same,
    hint: texts.presets.sameHint,
    takes: (item) => !/\.delete$/.test(item.action),
  },
];

export function presetSelection(preset: Preset, catalogue: Catalogue, ceiling: Selection): Selection {
  const items = [...catalogue.items.values()].filter((item) => ceiling.has(item.key) && preset.takes(item));
  return toggled(new Map(), items, true, ceiling);
}
