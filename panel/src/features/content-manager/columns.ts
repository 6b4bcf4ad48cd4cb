// Which columns a list shows: what the project says, unless somebody wants others in this browser.

import { useLocalStorage } from "@mantine/hooks";
import type { ContentType, View } from "@/api/content";
import { useRights } from "@/app/content";

const HIDDEN = new Set(["json", "password", "blocks", "richtext", "dynamiczone"]);

export interface Columns {
  all: string[]; // that one may choose
  shown: string[];
  isOwn: boolean;
  choose: (shown: string[]) => void;
  reset: () => void;
}

export function useColumns(type: ContentType, view: View): Columns {
  const rights = useRights(type.uid);
  const [own, setOwn, reset] = useLocalStorage<string[] | null>({
    key: `tessera-columns-${type.uid}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const all = Object.keys(view.metadatas).filter((name) => {
    const attribute = type.attributes[name];
    if (!attribute || HIDDEN.has(attribute.type) || attribute.relationType?.startsWith("morph")) return false;
    return isAlwaysThere(name) || rights.mayField("read", name);
  });
  const usual = view.layouts.list;
  const shown = (own ?? usual).filter((name) => all.includes(name));
  return { all, shown, isOwn: own !== null && own.join() !== usual.join(), choose: setOwn, reset };
}

const ALWAYS = new Set(["id", "documentId", "createdAt", "updatedAt", "createdBy", "updatedBy"]);

export const isAlwaysThere = (name: string): boolean => ALWAYS.has(name);
