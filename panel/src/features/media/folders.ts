// Folders within each other, read from the list of all of them.
import { texts } from "@/app/texts";
import type { Folder } from "./api";

const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Return the folders in a folder, or at the top, by their names. */
export function foldersIn(folders: readonly Folder[], parent: number | null): Folder[] {
  return folders
    .filter((folder) => (folder.parent?.id ?? null) === parent)
    .sort((one, other) => byName.compare(one.name, other.name));
}

/** Return the folders from the top down to a folder, with itself; nothing for one that is not there. */
export function wayTo(folders: readonly Folder[], id: number | null): Folder[] {
  const way: Folder[] = [];
  let current = folders.find((folder) => folder.id === id);
  while (current && !way.includes(current)) {
    way.unshift(current);
    const parent = current.parent?.id;
    current = folders.find((folder) => folder.id === parent);
  }
  return way;
}

const TOP = "top"; // what a choice says for no folder

/** Return all folders as choices, each with the way to it; those in `without` and what is in them cannot be chosen. */
export function choicesOf(folders: readonly Folder[], without: readonly number[] = []) {
  const below = (parent: number | null, way: string): { value: string; label: string }[] =>
    foldersIn(folders, parent)
      .filter(({ id }) => !without.includes(id))
      .flatMap(({ id, name }) => {
        const label = way ? `${way} / ${name}` : name;
        return [{ value: String(id), label }, ...below(id, label)];
      });
  return [{ value: TOP, label: texts.media.top }, ...below(null, "")];
}

export const choiceOf = (folder: number | null): string => (folder === null ? TOP : String(folder));
export const folderOf = (choice: string | null): number | null =>
  choice === null || choice === TOP ? null : Number(choice);
