import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fastest, fitsPhone, launch, NORA, openPage, settled, signIn, violations } from "./browser";
import { type Server, startServer } from "./server";

const OUTSIDE = [
  "/auth/login",
  "/auth/forgot-password",
  "/auth/reset-password?code=x",
  "/auth/register?registrationToken=x",
  "/auth/register-admin",
];
const INSIDE = [
  "/",
  "/me",
  "/content-manager/collection-types/api::article.article",
  "/content-manager/collection-types/api::article.article/create",
  "/content-manager/collection-types/api::category.category",
  "/media",
  "/media?view=list",
  "/settings/admin-tokens",
  "/settings/admin-tokens/create",
  "/settings/admin-tokens/3",
  "/settings/api-tokens",
  "/settings/api-tokens/create",
  "/settings/api-tokens/1",
  "/settings/transfer-tokens",
  "/settings/transfer-tokens/create",
  "/settings/roles",
  "/settings/roles/1",
  "/settings/roles/2",
  "/settings/users",
  "/settings/users?invite=true",
  "/settings/users/2",
  "/settings/internationalization",
  "/settings/webhooks",
  "/settings/webhooks/create",
  "/nowhere",
];
const MOST_REQUESTS = 10;
const MOST_SCRIPT = 300_000; // bytes as they travel

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await startServer({ seeded: true });
  browser = await launch();
  page = await openPage(browser, server.origin);
  await signIn(page, NORA, server.password);
});

afterAll(async () => {
  await browser?.close();
  server?.stop();
});

describe.each(INSIDE)("the page %s", (path) => {
  test("has no barriers in light and dark, loads little and nothing from elsewhere, and fits a phone", async () => {
    const asked: string[] = [];
    const failed: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (error) => failed.push(error.message));
    await page.goto(`/admin${path}`);
    await settled(page);
    page.removeAllListeners();
    expect.soft(await violations(page)).toEqual([]);
    expect.soft(asked.length, asked.join("\n")).toBeLessThanOrEqual(MOST_REQUESTS);
    expect.soft(asked.filter((url) => !url.startsWith(server.origin) && !url.startsWith("data:"))).toEqual([]);
    expect.soft(failed).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect.soft(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
    await fitsPhone(page);
  });
});

describe.each(OUTSIDE)("the page %s", (path) => {
  test("has no barriers", async () => {
    const outside = await openPage(browser, server.origin);
    await outside.goto(`/admin${path}`);
    await settled(outside);
    expect(await violations(outside)).toEqual([]);
    await outside.context().close();
  });
});

test("an opened content type and an opened menu have no barriers", async () => {
  await page.goto("/admin/settings/roles/2");
  await page.getByRole("button", { name: "Fields, locales and conditions of Article" }).click();
  expect.soft(await violations(page)).toEqual([]);
  await page.getByRole("tab", { name: /Settings/ }).click();
  expect.soft(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
  expect.soft(await violations(page)).toEqual([]);
});

test("the first load takes less than 300 kB of scripts", async () => {
  const fresh = await openPage(browser, server.origin);
  let bytes = 0;
  fresh.on("response", async (response) => {
    if (response.request().resourceType() === "script") bytes += (await response.request().sizes()).responseBodySize;
  });
  await fresh.goto("/admin");
  await settled(fresh);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT);
});

test("the palette opens by keyboard, finds a page and goes there", async () => {
  await page.goto("/admin");
  await settled(page);
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Type to find a page or a command").fill("webh");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Webhooks|webhook/ }).waitFor();
});

test("the matrix answers a click within 100 ms", async () => {
  await page.goto("/admin/settings/roles/2");
  await settled(page);
  await page.getByRole("checkbox", { name: "Delete: Author" }).waitFor();
  const took = await fastest(page, () => {
    document.querySelector<HTMLInputElement>("input[aria-label='Delete: Author']")?.click();
  });
  expect(took).toBeLessThan(100);
});
