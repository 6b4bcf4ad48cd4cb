// Signing up, in and out; the client's part of sign-in sessions.
import { queryOptions } from "@tanstack/react-query";
import { client, data } from "@/api/client";
import { deviceId, endSession, keepToken } from "@/api/session";
import type { Administrator } from "@/api/types";
import { queries } from "@/app/queries";

interface Opened {
  token: string;
  user: Administrator;
}

interface Credentials {
  email: string;
  password: string;
  rememberMe: boolean;
}

interface Names {
  firstname: string;
  lastname: string;
  password: string;
}

interface SignInSession {
  id: string;
  deviceName?: string;
  current: boolean;
  loginAt?: string;
  lastActiveAt: string;
}

interface Invitation {
  email: string;
  firstname: string | null;
  lastname: string | null;
}

export async function signIn(credentials: Credentials): Promise<void> {
  const body = { ...credentials, deviceId: deviceId() };
  open(await data(client.POST("/admin/login", { body })));
}

export async function registerFirst(body: Names & { email: string }): Promise<void> {
  const asked = { ...body, deviceId: deviceId(), rememberMe: false };
  open(await data(client.POST("/admin/register-admin", { body: asked })));
}

export async function acceptInvitation(registrationToken: string, userInfo: Names): Promise<void> {
  const body = { registrationToken, userInfo, deviceId: deviceId(), rememberMe: false };
  open(await data(client.POST("/admin/register", { body })));
}

export function askForNewPassword(email: string): Promise<void> {
  return data(client.POST("/admin/forgot-password", { body: { email } }));
}

export async function resetPassword(resetPasswordToken: string, password: string): Promise<void> {
  open(await data(client.POST("/admin/reset-password", { body: { resetPasswordToken, password } })));
}

export async function signOut(): Promise<void> {
  // Typed by hand: the description has no body here, and the server looks only at this one key.
  const body = { deviceId: deviceId() } as never;
  await client.POST("/admin/logout", { body }).finally(endSession);
}

export const invitationQuery = (registrationToken: string) =>
  queryOptions({
    queryKey: ["invitation", registrationToken],
    queryFn: () =>
      data<Invitation>(client.GET("/admin/registration-info", { params: { query: { registrationToken } } })),
    retry: false,
  });

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: () => data<SignInSession[]>(client.GET("/admin/users/me/sessions")),
});

export function endOwnSession(id: string): Promise<void> {
  return data(client.DELETE("/admin/users/me/sessions/{id}", { params: { path: { id } } }));
}

export function endOtherSessions(): Promise<void> {
  // Typed by hand: the description does not tell of this parameter.
  return data(client.DELETE("/admin/users/me/sessions", { params: { query: { keepCurrent: "true" } as never } }));
}

function open(opened: Opened): void {
  queries.clear();
  keepToken(opened.token);
}
