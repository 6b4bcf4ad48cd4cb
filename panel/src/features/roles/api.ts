// Roles and what they hold.
import { queryOptions } from "@tanstack/react-query";
import { client, data } from "@/api/client";
import type { Permission, RoleName } from "@/api/types";

export interface Role extends RoleName {
  usersCount: number;
}

interface Named {
  name: string;
  description: string;
}

const at = (id: number | string) => ({ path: { id: String(id) } });

export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: () => data<Role[]>(client.GET("/admin/roles")),
});

export const rolePermissionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["roles", id, "permissions"],
    queryFn: () => data<Permission[]>(client.GET("/admin/roles/{id}/permissions", { params: at(id) })),
  });

export function createRole(body: Named): Promise<Role> {
  return data(client.POST("/admin/roles", { body }));
}

export function changeRole(id: number, body: Named): Promise<Role> {
  return data(client.PUT("/admin/roles/{id}", { params: at(id), body }));
}

export function setPermissions(id: number, permissions: Permission[]): Promise<Permission[]> {
  // Typed by hand: the description has no body here.
  return data(client.PUT("/admin/roles/{id}/permissions", { params: at(id), body: { permissions } as never }));
}

export function deleteRole(id: number): Promise<unknown> {
  return data(client.DELETE("/admin/roles/{id}", { params: at(id) }));
}
