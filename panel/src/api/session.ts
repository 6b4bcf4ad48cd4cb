// The access token, kept in memory alone; it is renewed with the refresh cookie, which scripts cannot read.
import { Problem } from "./problem";

const EXCHANGING = "tessera-exchanging"; // since when, if it did not end
const PATIENCE = 10_000; // milliseconds in which an exchange that was cut short may still end
const PAUSE = 400;

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

/** Exchange the cookie; where a page was left during an exchange, its answer may still be on the way. */
async function renew(): Promise<boolean> {
  const cutShort = Date.now() - Number(localStorage.getItem(EXCHANGING) ?? 0) < PATIENCE;
  if (await attempt()) return true;
  if (!cutShort) return false;
  await new Promise((done) => setTimeout(done, PAUSE));
  return attempt();
}

async function attempt(): Promise<boolean> {
  localStorage.setItem(EXCHANGING, String(Date.now()));
  // Kept alive, so that the new cookie arrives also when the page is left meanwhile.
  const answer = await fetch("/admin/access-token", { method: "POST", keepalive: true });
  const body = (await answer.json()) as { data: { token: string } };
  localStorage.removeItem(EXCHANGING);
  token = answer.ok ? body.data.token : undefined;
  if (answer.ok || answer.status === 401) return answer.ok;
  throw new Problem(answer.status, body);
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
