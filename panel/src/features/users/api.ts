// Administrators, and one's own account.
import { queryOptions } from "@tanstack/react-query";
import { client, data } from "@/api/client";
import type { Administrator, Page } from "@/api/types";

interface Invitation {
  firstname: string;
  lastname: string;
  email: string;
  roles: number[];
}

interface Changes {
  firstname?: string;
  lastname?: string | null;
  email?: string;
  password?: string;
  isActive?: boolean;
  roles?: number[];
}

export interface UserSearch {
  words: string;
  page: number;
  active: string; // "true", "false" or ""
}

const at = (id: number | string) => ({ path: { id: String(id) } });

export const usersQuery = ({ words, page, active }: UserSearch) =>
  queryOptions({
    queryKey: ["users", { words, page, active }],
    queryFn: () => {
      const query: Record<string, string | number> = { page, pageSize: 25, sort: "firstname:ASC" };
      if (words) query["_q"] = words;
      if (active) query["filters[isActive][$eq]"] = active;
      // Typed by hand: the description does not tell what may be asked of this list.
      return data<Page<Administrator>>(client.GET("/admin/users", { params: { query: query as never } }));
    },
    placeholderData: (before) => before,
  });

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ["users", id],
    queryFn: () => data<Administrator>(client.GET("/admin/users/{id}", { params: at(id) })),
  });

export function inviteUser(body: Invitation): Promise<Administrator & { registrationToken: string }> {
  return data(client.POST("/admin/users", { body }));
}

export function changeUser(id: number, body: Changes): Promise<Administrator> {
  return data(client.PUT("/admin/users/{id}", { params: at(id), body }));
}

export function deleteUser(id: number): Promise<Administrator> {
  return data(client.DELETE("/admin/users/{id}", { params: at(id) }));
}

export function changeMe(body: Changes & { currentPassword?: string }): Promise<Administrator> {
  return data(client.PUT("/admin/users/me", { body }));
}
