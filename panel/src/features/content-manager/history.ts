// The versions of a document: what it held after each change, and what is different between two of them.
import { queryOptions } from "@tanstack/react-query";
import { bare, client } from "@/api/client";
import type { Attributes, Status, Values } from "@/api/content";
import { queryString } from "@/api/query";
import type { Person } from "@/api/types";
import { texts } from "@/app/texts";
import { isOwnedByServer } from "@/inputs/values";
import type { Target } from "./api";

export interface Version {
  id: number;
  status: Status;
  data: Values;
  createdAt: string;
  createdBy?: Person;
}

export interface Versions {
  data: Version[];
  meta: { pagination: { page: number; pageCount: number; total: number } };
}

const SIZE = 20;

export const versionsQuery = ({ type, documentId, locale }: Target, page: number) => {
  const asked = { contentType: type.uid, documentId, locale, page, pageSize: SIZE };
  return queryOptions({
    queryKey: ["content", type.uid, "history", documentId ?? null, locale ?? null, page],
    queryFn: () =>
      bare<Versions>(client.GET("/content-manager/history", { querySerializer: () => queryString(asked) } as never)),
  });
};

export function restoreVersion(uid: string, id: number): Promise<unknown> {
  const params = { path: { id: String(id) } };
  const body = { contentType: uid };
  return bare(client.PUT("/content-manager/history/{id}/restore", { params, body } as never));
}

export interface Compared {
  name: string;
  before: string;
  now: string;
  isSame: boolean;
}

/** Return each field of two versions in words, and whether they hold the same. */
export function compared(then: Values, now: Values, attributes: Attributes): Compared[] {
  return Object.keys(attributes)
    .filter((name) => !isOwnedByServer(name) && (name in then || name in now))
    .map((name) => ({
      name,
      before: inWords(then[name]),
      now: inWords(now[name]),
      isSame: plain(then[name]) === plain(now[name]),
    }));
}

/** Rows of components get new ids with every change; they are no difference. */
function plain(value: unknown): string {
  return JSON.stringify(value ?? null, (key, inner) => (key === "id" ? undefined : inner));
}

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? texts.content.yes : texts.content.no;
  if (typeof value !== "object") return String(value);
  const { results } = value as { results?: Values[] };
  if (Array.isArray(results)) return results.map(nameOf).join(", ") || "–";
  return JSON.stringify(value, (key, inner) => (key === "id" ? undefined : inner), 2);
}

/** Return what stands for a linked entry or a file: the first of its values that is a name. */
function nameOf(entry: Values): string {
  const found = ["name", "title", "label", "email", "username"].map((key) => entry[key]);
  return String(found.find((value) => typeof value === "string" && value) ?? entry["documentId"] ?? entry["id"]);
}
