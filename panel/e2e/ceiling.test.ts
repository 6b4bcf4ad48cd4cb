import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inviteAs, launch, NORA, openPage, signIn } from "./browser";
import { type Server, startServer } from "./server";

let server: Server;
let browser: Browser;
let nora: Page; // a super admin
let max: Page; // reads everything and edits the texts of articles

beforeAll(async () => {
  server = await startServer({ seeded: true });
  browser = await launch();
  nora = await openPage(browser, server.origin);
  await signIn(nora, NORA, server.password);
  await grant(["Access the Admin tokens settings page", "Read", "Create (generate)", "Update"]);
  max = await inviteAs(browser, server.origin, nora, "Max", "Copy desk");
});

afterAll(async () => {
  await browser?.close();
  server?.stop();
});

/** Give the copy desk the page of tokens, as a super admin does it: in the role's settings. */
async function grant(labels: string[]): Promise<void> {
  await nora.goto("/admin/settings/roles");
  await nora.getByRole("link", { name: "Copy desk" }).click();
  await nora.getByRole("tab", { name: /Settings/ }).click();
  for (const label of labels) await nora.getByRole("checkbox", { name: `Admin tokens: ${label}`, exact: true }).check();
  await nora.getByRole("button", { name: "Save" }).click();
  await nora.getByText("Saved", { exact: true }).first().waitFor();
}

test("an editor cannot give a token what the editor does not hold", async () => {
  await max.goto("/admin/settings/admin-tokens/create");
  const publish = max.getByRole("checkbox", { name: "Publish: Article" });
  expect(await publish.getAttribute("aria-disabled")).toBe("true");
  await publish.click({ force: true });
  expect(await publish.isChecked()).toBe(false);
  await publish.hover({ force: true });
  await max.getByText("You do not hold this permission").waitFor();
});

test("fields that the editor does not hold are closed as well", async () => {
  await max.getByRole("button", { name: "Fields, locales and conditions of Article" }).click();
  const note = max.getByRole("checkbox", { name: "Read: Article, internalNote" });
  expect(await note.getAttribute("aria-disabled")).toBe("true");
});

test("an editor's token reaches as far as the editor", async () => {
  await max.getByLabel("Name").fill("Texts");
  await max.getByRole("checkbox", { name: "Read: Article", exact: true }).click();
  await max.getByRole("checkbox", { name: "Update: Article", exact: true }).click();
  await max.getByRole("button", { name: "Save" }).click();
  const key = await max.getByTestId("new-key").locator("code").first().textContent();
  const answer = await fetch(`${server.origin}/admin/content-manager/collection-types/api::article.article`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const body = (await answer.json()) as { results: Record<string, unknown>[] };
  expect(body.results[0]).toHaveProperty("title");
  expect(body.results[0]).not.toHaveProperty("internalNote");
});

test("a super admin sees whose token it is, and only what its owner holds", async () => {
  await nora.goto("/admin/settings/admin-tokens");
  expect(await nora.getByRole("row", { name: /Texts/ }).textContent()).toContain("Max");
  await nora.getByRole("link", { name: "Texts" }).click();
  const owner = nora.getByLabel("Owner");
  expect(await owner.inputValue()).toBe("Max");
  expect(await owner.getAttribute("readonly")).not.toBeNull();
  expect(await nora.getByRole("checkbox", { name: "Publish: Article" }).count()).toBe(0);
  expect(await nora.getByRole("checkbox", { name: "Read: Article" }).count()).toBe(1);
});

test("a super admin cannot make a new key for somebody else's token", async () => {
  expect(await nora.getByRole("button", { name: "Delete" }).count()).toBe(1);
  expect(await nora.getByRole("button", { name: "Regenerate" }).count()).toBe(0);
});

test("a role that loses something says which tokens lose it too", async () => {
  await nora.goto("/admin/settings/roles");
  await nora.getByRole("link", { name: "Copy desk" }).click();
  await nora.getByRole("checkbox", { name: "Update: Article", exact: true }).click();
  await nora.getByRole("checkbox", { name: "Update: Article", exact: true }).click();
  await nora.getByRole("button", { name: "Save" }).click();
  const dialog = nora.getByRole("dialog");
  expect(await dialog.textContent()).toContain("Texts: Article: Update");
  await dialog.getByRole("button", { name: "Save the role" }).click();
  await nora.getByText("Saved", { exact: true }).first().waitFor();
  await max.goto("/admin/settings/admin-tokens");
  await max.getByRole("link", { name: "Texts" }).click();
  const update = max.getByRole("checkbox", { name: "Update: Article", exact: true });
  expect(await update.getAttribute("aria-disabled")).toBe("true");
});

test("deactivating an owner says which tokens stop", async () => {
  await nora.goto("/admin/settings/users?q=Max");
  await nora.getByRole("link", { name: "Max" }).click();
  await nora.getByRole("switch", { name: "Active" }).click({ force: true });
  await nora.getByText("These admin tokens stop").waitFor();
});
