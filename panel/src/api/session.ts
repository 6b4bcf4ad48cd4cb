// The access token, kept in memory alone; it is renewed with the refresh cookie, which scripts cannot read.
import { Problem } from "./problem";

let token: string | undefined;
let ended: (() => void) | undefined;
let running: Promise<boolean> | undefined;

export const hasToken = (): boolean => token !== undefined;
export const bearer = (): string | undefined => token;

export function keepToken(value: string | undefined): void {
  token = value;
}

/** Say what is to happen when nobody is signed in any more. */
export function onSessionEnd(listener: () => void): void {
  ended = listener;
}

export function endSession(): void {
  token = undefined;
  ended?.();
}

/** Exchange the refresh cookie for an access token; requests that ask at the same time share one exchange. */
export function exchange(): Promise<boolean> {
  running ??= alone(renew).finally(() => {
    running = undefined;
  });
  return running;
}

async function renew(): Promise<boolean> {
  const answer = await fetch("/admin/access-token", { method: "POST" });
  const body = (await answer.json()) as { data: { token: string } };
  if (answer.status === 401) {
    token = undefined;
    return false;
  }
  if (!answer.ok) throw new Problem(answer.status, body);
  token = body.data.token;
  return true;
}

/** A cookie can be exchanged once, so several windows of the panel have to take turns. */
function alone(work: () => Promise<boolean>): Promise<boolean> {
  if (!("locks" in navigator)) return work();
  return navigator.locks.request("tessera-exchange", work).then((done) => done);
}

/** A number that tells the server which browser this is; it opens nothing. */
export function deviceId(): string {
  const known = localStorage.getItem("tessera-device");
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const made = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  localStorage.setItem("tessera-device", made);
  return made;
}
