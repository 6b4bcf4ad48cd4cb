// Makes the pictures of the documentation: `make panel-shots`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launch, NORA, openPage, settled, signIn } from "./browser.ts";
import { startServer } from "./server.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "docs", "images");

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

mkdirSync(FOLDER, { recursive: true });
const server = await startServer({ seeded: true });
const browser = await launch();
const look = { viewport: { width: 1120, height: 720 } };
const page = await openPage(browser, server.origin, look);
await signIn(page, NORA, server.password);
await page.goto("/admin/settings/admin-tokens/create");
await settled(page);
await page.getByLabel("Name").fill("Nightly export");
await page.getByRole("checkbox", { name: "Read: Article" }).click();
await page.getByRole("button", { name: "Fields, locales and conditions of Article" }).click();
await page.getByRole("checkbox", { name: "Read: Article, internalNote" }).click();
await shoot(page, "admin-token-form");
await page.getByRole("button", { name: "Save" }).click();
await page.getByTestId("new-key").waitFor();
await shoot(page, "admin-token-key");
const dark = await openPage(browser, server.origin, { ...look, colorScheme: "dark" });
await signIn(dark, NORA, server.password);
await dark.goto("/admin/settings/roles/2");
await settled(dark);
await shoot(dark, "role-dark");
await page.goto("/admin/content-type-builder/api::article.article");
await settled(page);
await page.getByRole("button", { name: "Add a field" }).waitFor();
await shoot(page, "builder");
await browser.close();
server.stop();
