// The content types that somebody may manage, and where: for the navigation, the palette and the content manager.
import { queryOptions } from "@tanstack/react-query";
import { useMemo } from "react";
import { client, data } from "@/api/client";
import type { ContentSchema, ContentType } from "@/api/content";
import type { Permission } from "@/api/types";
import { useMyPermissions } from "./me";

const ROOT = "/content-manager";

export const schemaQuery = queryOptions({
  queryKey: ["content", "schema"],
  queryFn: () => data<ContentSchema>(client.GET("/content-manager/init")),
  staleTime: 5 * 60_000,
});

export function placeOf({ kind, uid }: ContentType): string {
  return kind === "singleType" ? `${ROOT}/single-types/${uid}` : `${ROOT}/collection-types/${uid}`;
}

const EXPLORER = "plugin::content-manager.explorer.";

export type Deed = "create" | "read" | "update" | "delete" | "publish";

export interface Rights {
  may: (deed: Deed, locale?: string) => boolean;
  mayField: (deed: Deed, path: string, locale?: string) => boolean;
}

export function rightsOn(permissions: readonly Permission[], uid: string): Rights {
  const held = (deed: Deed, locale?: string) =>
    permissions.filter(({ action, subject, properties }) => {
      if (action !== EXPLORER + deed || subject !== uid) return false;
      return locale === undefined || !properties?.locales || properties.locales.includes(locale);
    });
  return {
    may: (deed, locale) => held(deed, locale).length > 0,
    mayField: (deed, path, locale) => held(deed, locale).some(({ properties }) => covers(properties?.fields, path)),
  };
}

/** Say whether fields reach an attribute, something in it, or something that it is in. */
function covers(fields: readonly string[] | null | undefined, path: string): boolean {
  if (!fields) return true;
  return fields.some((field) => field === path || path.startsWith(`${field}.`) || field.startsWith(`${path}.`));
}

export function useRights(uid: string): Rights {
  const permissions = useMyPermissions();
  return useMemo(() => rightsOn(permissions, uid), [permissions, uid]);
}

/** Return the types that somebody may manage, by their names. */
export function useManaged(types: readonly ContentType[] | undefined): ContentType[] {
  const permissions = useMyPermissions();
  return useMemo(() => {
    const shown = (types ?? []).filter(({ uid, isDisplayed }) => {
      const { may } = rightsOn(permissions, uid);
      return isDisplayed && (may("read") || may("create"));
    });
    return shown.sort((one, other) => one.info.displayName.localeCompare(other.info.displayName));
  }, [types, permissions]);
}
