// What the builder of content types asks of the server: all types at once, and one request that changes them.
import { queryOptions } from "@tanstack/react-query";
import { bare, client, data } from "@/api/client";
import type { Blueprint } from "./blueprint";
import { blueprintOf, type SentSchema } from "./reading";
import type { Update } from "./update";

export const blueprintQuery = queryOptions({
  queryKey: ["builder", "schema"],
  queryFn: async (): Promise<Blueprint> =>
    blueprintOf(await data<SentSchema>(client.GET("/content-type-builder/schema"))),
});

interface Information {
  autoReload: boolean; // whether the project is being made, so that its content types may change
}

export const informationQuery = queryOptions({
  queryKey: ["information"],
  queryFn: () => data<Information>(client.GET("/admin/information")),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What is stored and would go. */
export interface Drop {
  drop: string; // the word that lets it go
  what: "type" | "attribute" | "values" | "drafts" | "locales";
  uid: string;
  attribute?: string;
  component?: string;
  entries: number;
}

export interface Rename {
  uid: string;
  from: string;
  to: string;
}

export interface Losses {
  drops: Drop[];
  renames: Rename[];
}

export interface Confirmed {
  drops: string[];
  renames: Rename[];
}

export function sendUpdate(update: Update, confirm: Confirmed): Promise<unknown> {
  const body = { data: update, confirm };
  return bare(client.POST("/content-type-builder/update-schema", { body: body as never }));
}
