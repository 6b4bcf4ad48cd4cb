import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fitsPhone, launch, NORA, openPage, settled, signIn, violations } from "./browser";
import { type Server, startServer } from "./server";

const BUILDER = "/admin/content-type-builder";
const MOST_REQUESTS = 10;

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

const dialog = () => page.getByRole("dialog").last();

/** Add a field: choose what it holds, name it, and say more. */
async function addField(type: string, name: string, more?: () => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: "Add a field" }).click();
  await dialog().locator(`[data-type="${type}"]`).click();
  await dialog().getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await more?.();
  await dialog().getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: `Edit the field ${name}`, exact: true }).waitFor();
}

async function choose(label: string, option: string | RegExp): Promise<void> {
  await dialog().getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option }).click();
}

async function save(): Promise<void> {
  await page
    .getByRole("region", { name: /not saved/ })
    .getByRole("button", { name: "Save" })
    .click();
}

async function saved(): Promise<void> {
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("region", { name: /not saved/ }).waitFor({ state: "detached" });
}

test("a content type is made with fields of every kind", async () => {
  await page.goto(BUILDER);
  await page.getByRole("button", { name: "Create content type" }).click();
  await dialog().getByRole("textbox", { name: "Display name" }).fill("Event");
  expect(await dialog().getByRole("textbox", { name: "API ID (plural)" }).inputValue()).toBe("events");
  expect(await violations(page)).toEqual([]);
  await dialog().getByRole("switch", { name: "Several languages" }).click({ force: true });
  await dialog().getByRole("button", { name: "Done" }).click();
  await page.getByRole("heading", { name: "Event" }).waitFor();
  await addField("string", "title", async () => {
    expect(await violations(page)).toEqual([]);
    await dialog().getByRole("tab", { name: "Advanced" }).click();
    await dialog().getByRole("switch", { name: "Required" }).click({ force: true });
    await dialog().getByRole("textbox", { name: "Longest length" }).fill("80");
    await dialog().getByRole("switch", { name: "Different in each language" }).click({ force: true });
    expect(await violations(page)).toEqual([]);
  });
  await addField("uid", "slug", () => choose("Made from", "title"));
  await addField("enumeration", "kind", () => dialog().getByRole("textbox", { name: "Values" }).fill("talk\nwalk"));
  await addField("integer", "seats");
  await addField("media", "pictures", () =>
    dialog().getByRole("switch", { name: "Several files" }).click({ force: true }),
  );
  const plain = ["text", "richtext", "blocks", "biginteger", "boolean", "email"];
  for (const type of [...plain, "float", "decimal", "date", "datetime", "time", "password", "json"])
    await addField(type, `a_${type}`);
});

test("a component is made where it is needed, and a zone lists several", async () => {
  await addField("component", "place", async () => {
    await dialog().getByRole("button", { name: "Create component" }).click();
    await dialog().getByRole("textbox", { name: "Display name" }).fill("Meeting place");
    await dialog().getByRole("combobox", { name: "Category" }).fill("events");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Create component" }).getByRole("button", { name: "Done" }).click();
  });
  await addField("dynamiczone", "sections", async () => {
    await dialog().getByRole("combobox", { name: "Components of the zone" }).click();
    await page.getByRole("option").first().click();
    await page.getByRole("option").nth(1).click();
    await page.keyboard.press("Tab");
  });
});

test("a relation is told from both sides", async () => {
  await addField("relation", "speakers", async () => {
    await choose("Leads to", "Author");
    await choose("How many", "Event and Author have many of each other");
    expect(await dialog().getByRole("textbox", { name: "Field in Author" }).inputValue()).toBe("events");
    expect(await violations(page)).toEqual([]);
  });
  await page.getByRole("link", { name: "Content-Type Builder" }).last().click();
  await page.getByRole("link", { name: "Author" }).click();
  await page.getByRole("button", { name: "Edit the field events" }).waitFor();
  await page.getByRole("link", { name: "Content-Type Builder" }).last().click();
  await page.getByRole("link", { name: "Meeting place" }).click();
  await addField("string", "street");
});

test("what the server refuses stands beside its field", async () => {
  await addField("string", "locale");
  await save();
  await dialog().getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText("Meeting place, locale: Attribute keys cannot be one of").waitFor();
  await page.getByRole("button", { name: "Edit the field locale" }).click();
  expect(await dialog().getByRole("textbox", { name: "Name", exact: true }).getAttribute("aria-invalid")).toBe("true");
  await dialog().getByRole("textbox", { name: "Name", exact: true }).fill("town");
  await dialog().getByRole("button", { name: "Done" }).click();
});

test("before saving, everything that changes is told", async () => {
  await save();
  const told = (await dialog().getByTestId("changes").textContent()) ?? "";
  expect(told).toContain("New: Event (21 fields)");
  expect(told).toContain("New: Meeting place (2 fields)");
  expect(told).toContain("Changed: Author – adds events");
  expect(await violations(page)).toEqual([]);
  await dialog().getByRole("button", { name: "Save" }).click();
  await saved();
});

test("the new type can be written at once", async () => {
  await page.goto("/admin/content-manager/collection-types/api::event.event/create");
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Harbour walk");
  await page.getByRole("textbox", { name: "Seats", exact: true }).fill("12");
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByText("Saved", { exact: true }).first().waitFor();
});

test("a field keeps its content under another name", async () => {
  await page.goto(`${BUILDER}/api::event.event`);
  await page.getByRole("button", { name: "Edit the field seats" }).click();
  await dialog().getByRole("textbox", { name: "Name", exact: true }).fill("capacity");
  await dialog().getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Move capacity up" }).click();
  await save();
  expect(await dialog().textContent()).toContain("renames seats to capacity, with its content");
  await dialog().getByRole("button", { name: "Save" }).click();
  await saved();
  await page.goto("/admin/content-manager/collection-types/api::event.event");
  await page.getByRole("link", { name: "Harbour walk" }).click();
  expect(await page.locator("[id='field-capacity']").inputValue()).toBe("12");
});

test("content that would be lost is counted, and kept when one wants", async () => {
  await page.goto(`${BUILDER}/api::event.event`);
  for (const name of ["title", "capacity"])
    await page.getByRole("button", { name: `Remove ${name}`, exact: true }).click();
  await addField("integer", "places");
  await save();
  await dialog().getByRole("button", { name: "Save" }).click();
  await page.getByText("title of Event: 1 entry lose it").waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog().getByRole("radio", { name: "Keep it as places" }).click();
  await dialog().getByRole("button", { name: "Save and delete this content" }).click();
  await saved();
  await page.goto("/admin/content-manager/collection-types/api::event.event");
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  expect(await page.locator("[id='field-places']").inputValue()).toBe("12");
  expect(await page.locator("[id='field-title']").count()).toBe(0);
});

test("a type that goes is gone everywhere", async () => {
  await page.goto(`${BUILDER}/api::event.event`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog().getByRole("button", { name: "Delete" }).click();
  await save();
  expect(await dialog().textContent()).toContain("Changed: Author – removes events");
  await dialog().getByRole("button", { name: "Save" }).click();
  await page.getByText("Everything of Event: 1 entry").waitFor();
  await dialog().getByRole("button", { name: "Save and delete this content" }).click();
  await saved();
  expect(await page.getByRole("link", { name: "Event", exact: true }).count()).toBe(0);
});

test("changes that are not saved are not left without a question", async () => {
  await page.goto(`${BUILDER}/api::author.author`);
  await addField("date", "born");
  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: "Edit the field born" }).waitFor({ state: "detached" });
});

test.each([BUILDER, `${BUILDER}/api::article.article`, `${BUILDER}/shared.seo`])(
  "the page %s has no barriers in light and dark, loads little, and fits a phone",
  async (path) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(path);
    await settled(page);
    page.removeAllListeners("request");
    expect.soft(asked.length, asked.join("\n")).toBeLessThanOrEqual(MOST_REQUESTS);
    expect.soft(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect.soft(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
    await fitsPhone(page);
  },
);

test("in production everything can be looked at and nothing changed", async () => {
  const production = await startServer({ seeded: true, inProduction: true });
  const looking = await openPage(browser, production.origin);
  await signIn(looking, NORA, production.password);
  await looking.goto(`${BUILDER}/api::article.article`);
  await looking.getByText("Content types cannot be changed here").waitFor();
  expect(await looking.getByRole("button", { name: /Add a field|^Delete|^Remove|^Move/ }).count()).toBe(0);
  await looking.getByRole("button", { name: "Edit the field title" }).click();
  await looking.getByRole("dialog").getByText("Short text").waitFor();
  expect(await looking.getByRole("button", { name: "Done" }).count()).toBe(0);
  await looking.close();
  production.stop();
});
