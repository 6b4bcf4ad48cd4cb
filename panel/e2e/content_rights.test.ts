import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inviteAs, launch, NORA, openPage, settled, signIn, violations } from "./browser";
import { type Server, startServer } from "./server";

const ARTICLES = "/admin/content-manager/collection-types/api::article.article";

let server: Server;
let browser: Browser;
let max: Page; // reads articles, and edits their texts

beforeAll(async () => {
  server = await startServer({ seeded: true });
  browser = await launch();
  const nora = await openPage(browser, server.origin);
  await signIn(nora, NORA, server.password);
  max = await inviteAs(browser, server.origin, nora, "Max", "Copy desk");
});

afterAll(async () => {
  await browser?.close();
  server?.stop();
});

test("the navigation shows the types that one may read", async () => {
  await max.goto("/admin/content-manager");
  const navigation = max.getByRole("navigation", { name: "Main" });
  await navigation.getByRole("link", { name: "Article" }).waitFor();
  expect(await navigation.getByRole("link", { name: "Page", exact: true }).count()).toBe(0);
});

test("the list offers nothing that one may not do", async () => {
  await max.getByRole("row", { name: /A bridge too narrow/ }).waitFor();
  expect(await max.getByRole("link", { name: "Create new entry" }).count()).toBe(0);
  expect(await max.getByRole("checkbox", { name: /^Select/ }).count()).toBe(0);
  await max.getByRole("button", { name: "Actions for A bridge too narrow" }).click();
  await max.getByRole("menuitem", { name: "Open" }).waitFor();
  expect(await max.getByRole("menuitem").count()).toBe(1);
});

test("fields are closed that one may not change, and hidden that one may not read", async () => {
  await max.getByRole("menuitem", { name: "Open" }).click();
  await settled(max);
  const field = (name: string) => max.getByRole("textbox", { name, exact: true });
  expect(await field("Title").isEditable()).toBe(true);
  expect(await field("Slug").isDisabled()).toBe(true);
  expect(await field("Internal note").count()).toBe(0);
  expect(await max.getByRole("button", { name: "Publish", exact: true }).count()).toBe(0);
  expect(await violations(max)).toEqual([]);
});

test("what one may change is saved", async () => {
  await max.getByRole("textbox", { name: "Title", exact: true }).fill("A bridge too wide");
  await max.keyboard.press("Control+s");
  await max.getByRole("heading", { name: "A bridge too wide" }).waitFor();
  await max.getByText("Modified").first().waitFor();
});

test("the way back leads to the list as it was", async () => {
  await max.goto(`${ARTICLES}?sort=title%3ADESC&page=2`);
  await max.getByRole("row").nth(1).getByRole("link").click();
  await settled(max);
  await max.getByRole("link", { name: "Article", exact: true }).last().click();
  await max.waitForURL(/sort=title%3ADESC&page=2/);
});
