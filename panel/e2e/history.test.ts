import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fitsPhone, launch, NORA, openPage, settled, signIn, violations } from "./browser";
import { type Server, startServer } from "./server";

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

const title = () => page.getByRole("textbox", { name: "Title", exact: true });

async function save(words: string): Promise<void> {
  await title().fill(words);
  const answered = page.waitForResponse((answer) => answer.request().method() === "PUT");
  await page.keyboard.press("Control+s");
  expect((await answered).ok()).toBe(true);
  await page.getByRole("heading", { name: words }).waitFor();
}

test("each save leaves a version, and two of them are compared", async () => {
  await page.goto("/admin/content-manager/collection-types/api::article.article");
  await page.getByRole("link", { name: /A bridge too narrow/ }).click();
  await settled(page);
  await save("A bridge of stone");
  await save("A bridge of wood");
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "History" }).click();
  await page.getByRole("heading", { name: "History" }).waitFor();
  const row = page.getByRole("row", { name: /^Title/ });
  await row.waitFor();
  expect(await row.textContent()).toBe("TitleA bridge of stoneA bridge of wood");
  expect(await page.getByRole("row").count()).toBe(2);
});

test("the page of versions has no barriers, and fits a phone", async () => {
  expect.soft(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect.soft(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("switch", { name: "All fields" }).click({ force: true });
  expect.soft(await violations(page)).toEqual([]);
  await fitsPhone(page);
});

test("an old version is restored as the draft", async () => {
  await page.getByRole("button", { name: "Restore" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
  await page.getByRole("heading", { name: "A bridge of stone" }).waitFor();
  expect(await title().inputValue()).toBe("A bridge of stone");
});
