// The language that a page is about: the one of the address, or the project's own.

import { useQuery } from "@tanstack/react-query";
import type { ContentType, Locale } from "@/api/content";
import type { Deed, Rights } from "@/app/content";
import { contentLocalesQuery } from "./api";
import { isLocalized } from "./places";

export interface Languages {
  isReady: boolean;
  all: Locale[]; // that one may choose
  current: string | undefined; // none for types that are the same in every language
}

export function useLanguages(type: ContentType | undefined, wanted: string | undefined, rights: Rights): Languages {
  const localized = type !== undefined && isLocalized(type);
  const query = useQuery({ ...contentLocalesQuery, enabled: localized });
  if (!localized) return { isReady: type !== undefined, all: [], current: undefined };
  const deeds: Deed[] = ["read", "create"];
  const all = (query.data ?? []).filter(({ code }) => deeds.some((deed) => rights.may(deed, code)));
  const usual = all.find(({ isDefault }) => isDefault) ?? all[0];
  const chosen = all.find(({ code }) => code === wanted) ?? usual;
  return { isReady: query.isSuccess, all, current: chosen?.code };
}
