import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openPage, PASSWORD } from "./browser";
import { type Server, startServer } from "./server";

const ARTICLES = "/admin/content-manager/collection-types/api::article.article";

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await startServer({ seeded: false });
  browser = await launch();
  page = await openPage(browser, server.origin);
});

afterAll(async () => {
  await browser?.close();
  server?.stop();
});

async function ask(key: string, path = ARTICLES): Promise<number> {
  const answer = await fetch(server.origin + path, { headers: { authorization: `Bearer ${key}` } });
  return answer.status;
}

async function shownKey(): Promise<string> {
  return (await page.getByTestId("new-key").locator("code").first().textContent()) ?? "";
}

test("the first start leads to the first administrator", async () => {
  await page.goto("/admin");
  await page.getByRole("heading", { name: "Create the first administrator" }).waitFor();
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Email").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("short");
  await page.getByRole("button", { name: "Let’s start" }).click();
  expect(await page.getByText("At least 8 characters").count()).toBeGreaterThan(1); // a rule, and what is wrong
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Let’s start" }).click();
  await page.getByRole("heading", { name: "Hello, Ada" }).waitFor();
});

test("a token that reads articles for 30 days takes three clicks and a name", async () => {
  await page.goto("/admin/settings/admin-tokens");
  await page.getByRole("link", { name: "Add new Admin Token" }).first().click();
  await page.getByLabel("Name").waitFor();
  await page.keyboard.type("Article reader");
  await page.getByRole("checkbox", { name: "Read: Article" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  const key = await shownKey();
  expect(await ask(key)).toBe(200);
  expect(await ask(key, "/admin/content-manager/collection-types/api::author.author")).toBe(403);
});

test("the key comes with a request and a client configuration that hold it", async () => {
  const key = await shownKey();
  const card = page.getByTestId("new-key");
  expect(await card.locator("pre").first().textContent()).toContain(`Bearer ${key}`);
  await card.getByRole("tab", { name: "MCP client" }).click();
  const configuration = JSON.parse((await card.getByRole("tabpanel").locator("pre").textContent()) ?? "");
  expect(configuration.mcpServers.tessera.headers.Authorization).toBe(`Bearer ${key}`);
});

test("leaving without the key asks first, and the key is gone afterwards", async () => {
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByRole("dialog", { name: "Leave without the key?" }).waitFor();
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("heading", { name: "Webhooks" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Article reader" }).waitFor();
  expect(await page.getByTestId("new-key").count()).toBe(0);
});

test("regenerating says that the old key dies, and it does", async () => {
  await page.getByRole("button", { name: "Regenerate" }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.textContent()).toContain("stops working at once");
  await dialog.getByRole("button", { name: "Regenerate" }).click();
  const first = await shownKey();
  expect(await ask(first)).toBe(200);
  await page.getByRole("button", { name: "Regenerate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Regenerate" }).click();
  await page.waitForFunction(
    (old) => !document.querySelector("[data-testid=new-key] code")?.textContent?.includes(old),
    first,
  );
  expect(await ask(first)).toBe(401);
  expect(await ask(await shownKey())).toBe(200);
});

test("deleting a token that was used wants its name, and its key stops", async () => {
  const key = await shownKey();
  await page.reload();
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  const button = dialog.getByRole("button", { name: "Delete the token" });
  expect(await button.isDisabled()).toBe(true);
  await dialog.getByRole("textbox").fill("Article reader");
  await button.click();
  await page.getByRole("heading", { name: "Admin Tokens" }).waitFor();
  expect(await ask(key)).toBe(401);
});

test("a token without permissions is not saved silently", async () => {
  await page.goto("/admin/settings/admin-tokens/create");
  await page.getByLabel("Name").fill("Nothing");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Choose at least one permission").waitFor();
  await page.getByRole("button", { name: "Presets" }).click();
  await page.getByRole("menuitem", { name: "Read everything" }).click();
  expect(await page.getByTestId("summary").textContent()).toContain("Can read");
  expect(await page.getByText("Choose at least one permission").count()).toBe(0);
});

test("a session goes on after a reload, and ends when one signs out", async () => {
  page = await page.context().newPage();
  await page.goto("/admin/me");
  await page.reload();
  await page.getByRole("heading", { name: "Your profile" }).waitFor();
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goto("/admin/me");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});
