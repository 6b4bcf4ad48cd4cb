// Who is signed in and what it may do. The panel hides by this; the server refuses by its own reading.
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { client, data } from "@/api/client";
import type { Administrator, Permission } from "@/api/types";

const SUPER_ADMIN = "strapi-super-admin";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: () => data<Administrator>(client.GET("/admin/users/me")),
  staleTime: 60_000,
});

export const myPermissionsQuery = queryOptions({
  queryKey: ["me", "permissions"],
  queryFn: () => data<Permission[]>(client.GET("/admin/users/me/permissions")),
  staleTime: 60_000,
});

export function useMe(): Administrator {
  return useSuspenseQuery(meQuery).data;
}

export function useMyPermissions(): Permission[] {
  return useSuspenseQuery(myPermissionsQuery).data;
}

export function isSuperAdmin(user: Administrator): boolean {
  return user.roles.some((role) => role.code === SUPER_ADMIN);
}

export type Can = (action: string) => boolean;

export function useCan(): Can {
  const permissions = useMyPermissions();
  return useMemo(() => {
    const held = new Set(permissions.map((permission) => permission.action));
    return (action) => held.has(action);
  }, [permissions]);
}
