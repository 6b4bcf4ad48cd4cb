// The state of a list: it stands in the address, so that a view can be linked.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { View } from "@/api/content";
import type { Question } from "@/api/query";
import { type Filter, filtersAsQuestion, filtersAsSearch, filtersIn } from "./filters";

type Search = Record<string, string | undefined>;

export interface ListState {
  page: number;
  pageSize: number;
  sort: string; // such as `title:ASC`
  words: string;
  locale: string | undefined;
  filters: Filter[];
}

export function stateOf(search: Search, view: View, locale: string | undefined): ListState {
  const { pageSize, defaultSortBy, defaultSortOrder } = view.settings;
  return {
    page: Math.max(1, Number(search["page"]) || 1),
    pageSize: Number(search["pageSize"]) || pageSize,
    sort: search["sort"] ?? `${defaultSortBy}:${defaultSortOrder}`,
    words: search["_q"] ?? "",
    locale,
    filters: filtersIn(search),
  };
}

export function questionOf({ page, pageSize, sort, words, locale, filters }: ListState): Question {
  return { page, pageSize, sort, _q: words, locale, filters: filtersAsQuestion(filters) };
}

const last = new Map<string, Search>(); // how each list was seen last, to come back to it

export const lastSearch = (uid: string): Search => last.get(uid) ?? {};

export function useListAddress(uid: string) {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  last.set(uid, search);
  return useMemo(() => {
    const ask = (change: Search) =>
      void navigate({ to: ".", search: (before: object) => ({ ...before, ...change }), replace: true });
    const filter = (filters: readonly Filter[]) =>
      void navigate({
        to: ".",
        search: (before: object) => ({ ...filtersAsSearch(filters, before as Search), page: undefined }),
        replace: true,
      });
    return { search, ask, filter };
  }, [search, navigate]);
}
