// Chromium, and what every test does with it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
export const NORA = "nora@newsroom.example";
export const PASSWORD = "Correct-horse-7";

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: QUIET });
}

/** Open a window of its own; what its scripts complain about fails the test that asks for `complaints`. */
export async function openPage(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/admin/auth/login");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: /^Hello/ }).waitFor();
}

/** Wait until a page is there, with all it asks for. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
}

/** Do something five times, and return how long the page took at best until it showed what came of it. */
export function fastest(page: Page, act: (turn: number) => void): Promise<number> {
  return page.evaluate(`(async () => {
    const act = ${act};
    const times = [];
    for (let turn = 0; turn < 5; turn++) {
      const started = performance.now();
      act(turn);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      times.push(performance.now() - started);
    }
    return Math.min(...times);
  })()`);
}

const PHONE = { width: 375, height: 760 };

/** Wait until a page has found its place on a phone, look at it there, and go back. */
export async function fitsPhone(page: Page, look?: () => Promise<void>): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.setViewportSize(PHONE);
  await page.waitForFunction((width) => document.documentElement.scrollWidth <= width, PHONE.width);
  await look?.();
  await page.setViewportSize(before);
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/** Return what axe finds, each as one line. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResult;
  return found.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `${node.html.slice(0, 200)}\n  ${node.failureSummary?.split("\n").slice(1, 3).join(" ")}`).join("\n")}`,
  );
}

/** Invite somebody and register as this person, by the page that an invitation leads to. */
export async function inviteAs(
  browser: Browser,
  origin: string,
  admin: Page,
  name: string,
  role: string,
): Promise<Page> {
  await admin.goto("/admin/settings/users?invite=true");
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("First name").fill(name);
  await dialog.getByLabel("Email").fill(`${name.toLowerCase()}@newsroom.example`);
  await dialog.getByRole("combobox", { name: "Roles" }).click();
  await admin.getByRole("option", { name: role }).click();
  await admin.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Invite new user" }).click();
  const link = (await dialog.locator("code").textContent()) ?? "";
  const page = await openPage(browser, origin);
  await page.goto(link);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Let’s start" }).click();
  await page.getByRole("heading", { name: `Hello, ${name}` }).waitFor();
  return page;
}
