// The three kinds of token; they are told apart as on the server.
import { queryOptions } from "@tanstack/react-query";
import { bare, client, data } from "@/api/client";
import type { Permission, Person } from "@/api/types";

export interface Token {
  id: number;
  name: string;
  description: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  createdAt: string;
}

export interface AdminToken extends Token {
  adminPermissions: Permission[];
  adminUserOwner: Person;
}

export type ApiTokenType = "read-only" | "full-access" | "custom";

export interface ApiToken extends Token {
  type: ApiTokenType;
  permissions: string[];
  accessKey?: string;
}

export type Direction = "push" | "pull";

export interface TransferToken extends Token {
  permissions: Direction[];
}

export type WithKey<T> = T & { accessKey: string };
export type Lifespan = 604800000 | 2592000000 | 7776000000 | null;

interface Draft {
  name: string;
  description: string;
  lifespan: Lifespan;
}

type Changes = Omit<Draft, "lifespan">;
const at = (id: number | string) => ({ path: { id: String(id) } });

export const adminTokensQuery = queryOptions({
  queryKey: ["admin-tokens"],
  queryFn: () => data<AdminToken[]>(client.GET("/admin/admin-tokens")),
});

export interface Agents {
  enabled: boolean;
  path: string;
}

/** Whether agents are served, and where. */
export const agentsQuery = queryOptions({
  queryKey: ["mcp"],
  queryFn: () => data<Agents>(client.GET("/admin/mcp")),
});

export const adminTokenQuery = (id: string) =>
  queryOptions({
    queryKey: ["admin-tokens", id],
    queryFn: () => data<AdminToken>(client.GET("/admin/admin-tokens/{id}", { params: at(id) })),
  });

export const ownerPermissionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["admin-tokens", id, "owner-permissions"],
    queryFn: () => data<Permission[]>(client.GET("/admin/admin-tokens/{id}/owner-permissions", { params: at(id) })),
  });

export function createAdminToken(draft: Draft & { adminPermissions: Permission[] }): Promise<WithKey<AdminToken>> {
  return data(client.POST("/admin/admin-tokens", { body: draft }));
}

export function changeAdminToken(
  id: number,
  changes: Changes & { adminPermissions: Permission[] },
): Promise<AdminToken> {
  return data(client.PUT("/admin/admin-tokens/{id}", { params: at(id), body: changes }));
}

export function deleteAdminToken(id: number): Promise<unknown> {
  return data(client.DELETE("/admin/admin-tokens/{id}", { params: at(id) }));
}

export function regenerateAdminToken(id: number): Promise<{ accessKey: string }> {
  return data(client.POST("/admin/admin-tokens/{id}/regenerate", { params: at(id) }));
}

export const apiTokensQuery = queryOptions({
  queryKey: ["api-tokens"],
  queryFn: () => data<ApiToken[]>(client.GET("/admin/api-tokens")),
});

export const apiTokenQuery = (id: string) =>
  queryOptions({
    queryKey: ["api-tokens", id],
    queryFn: () => data<ApiToken>(client.GET("/admin/api-tokens/{id}", { params: at(id) })),
  });

type ApiTokenRights = { type: ApiTokenType; permissions: string[] | null };

export function createApiToken(draft: Draft & ApiTokenRights): Promise<WithKey<ApiToken>> {
  return data(client.POST("/admin/api-tokens", { body: draft }));
}

export function changeApiToken(id: number, changes: Changes & ApiTokenRights): Promise<ApiToken> {
  return data(client.PUT("/admin/api-tokens/{id}", { params: at(id), body: changes }));
}

export function deleteApiToken(id: number): Promise<unknown> {
  return data(client.DELETE("/admin/api-tokens/{id}", { params: at(id) }));
}

export function regenerateApiToken(id: number): Promise<{ accessKey: string }> {
  return data(client.POST("/admin/api-tokens/{id}/regenerate", { params: at(id) }));
}

interface ContentActionsAnswer {
  data: Record<string, { controllers: Record<string, string[]> }>;
}

/** What an API token can be given, by the part of the project. */
export const contentActionsQuery = queryOptions({
  queryKey: ["content-actions"],
  queryFn: async () => {
    const answer = await bare<ContentActionsAnswer>(client.GET("/admin/content-api/permissions"));
    return Object.entries(answer.data).map(([api, { controllers }]) => ({
      api,
      actions: Object.entries(controllers).flatMap(([controller, names]) =>
        names.map((name) => ({ id: `${api}.${controller}.${name}`, label: `${controller}: ${name}` })),
      ),
    }));
  },
});

export const transferTokensQuery = queryOptions({
  queryKey: ["transfer-tokens"],
  queryFn: () => data<TransferToken[]>(client.GET("/admin/transfer/tokens")),
});

export const transferTokenQuery = (id: string) =>
  queryOptions({
    queryKey: ["transfer-tokens", id],
    queryFn: () => data<TransferToken>(client.GET("/admin/transfer/tokens/{id}", { params: at(id) })),
  });

export function createTransferToken(draft: Draft & { permissions: Direction[] }): Promise<WithKey<TransferToken>> {
  return data(client.POST("/admin/transfer/tokens", { body: draft }));
}

export function changeTransferToken(
  id: number,
  changes: Changes & { permissions: Direction[] },
): Promise<TransferToken> {
  return data(client.PUT("/admin/transfer/tokens/{id}", { params: at(id), body: changes }));
}

export function deleteTransferToken(id: number): Promise<unknown> {
  return data(client.DELETE("/admin/transfer/tokens/{id}", { params: at(id) }));
}

export function regenerateTransferToken(id: number): Promise<{ accessKey: string }> {
  return data(client.POST("/admin/transfer/tokens/{id}/regenerate", { params: at(id) }));
}
