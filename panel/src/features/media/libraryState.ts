// What is shown of the library: on its page it stands in the address, in a dialog it goes with the dialog.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { Kind } from "@/api/files";
import type { Question } from "@/api/query";
import { texts } from "@/app/texts";

type Search = Record<string, string | undefined>;

export interface LibraryState {
  folder: number | null;
  page: number;
  pageSize: number;
  sort: string;
  words: string;
  kind: Kind | null;
  view: "grid" | "list";
}

export interface Library {
  state: LibraryState;
  ask: (change: Search) => void;
}

const KINDS: readonly Kind[] = ["image", "video", "audio", "file"];
const FAMILIES: readonly Kind[] = ["image", "video", "audio"];

export function stateOf(search: Search): LibraryState {
  const sort = search["sort"] ?? "";
  return {
    folder: Number(search["folder"]) || null,
    page: Math.max(1, Number(search["page"]) || 1),
    pageSize: Number(search["pageSize"]) || 20,
    sort: sort in texts.media.sorts ? sort : "createdAt:DESC",
    words: search["_q"] ?? "",
    kind: KINDS.find((kind) => kind === search["kind"]) ?? null,
    view: search["view"] === "list" ? "list" : "grid",
  };
}

/** Return what is asked of the server; whoever searches, searches everywhere. */
export function questionOf({ folder, page, pageSize, sort, words, kind }: LibraryState, kinds = KINDS): Question {
  const conditions: Question[] = [];
  if (!words) conditions.push(folder === null ? { folder: { id: { $null: true } } } : { folder: { id: folder } });
  if (kind) conditions.push(ofKind(kind));
  if (kinds.length < KINDS.length) conditions.push({ $or: kinds.map(ofKind) });
  return { page, pageSize, sort, _q: words, filters: { $and: conditions } };
}

function ofKind(kind: Kind): Question {
  if (kind !== "file") return { mime: { $startsWith: `${kind}/` } };
  return { $and: FAMILIES.map((family) => ({ mime: { $notContains: `${family}/` } })) };
}

/** Return the library as its address says, and a way to change the address. */
export function useAddress(): Library {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  return useMemo(() => {
    const isStep = (change: Search) => "folder" in change; // One comes back to a folder by the browser's own button.
    const ask = (change: Search) =>
      void navigate({ to: ".", search: (before: object) => ({ ...before, ...change }), replace: !isStep(change) });
    return { state: stateOf(search), ask };
  }, [search, navigate]);
}

/** Return a library whose state nobody else sees. */
export function useOwnState(): Library {
  const [search, setSearch] = useState<Search>({});
  return useMemo(
    () => ({ state: stateOf(search), ask: (change) => setSearch((before) => ({ ...before, ...change })) }),
    [search],
  );
}
