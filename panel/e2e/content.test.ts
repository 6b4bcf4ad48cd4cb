import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fastest, fitsPhone, launch, openPage, PASSWORD, settled, signIn, violations } from "./browser";
import { type Server, startServer } from "./server";

const ADA = "ada@example.com";
const DEVICE = "3f0b1a52-9a61-4c8e-9d27-0123456789ab";
const ARTICLES = "/content-manager/collection-types/api::article.article";
const CATEGORIES = "/content-manager/collection-types/api::category.category";
// One more than elsewhere for the languages, and one more for an editor that is in view.
const MOST_REQUESTS = 12;

let server: Server;
let browser: Browser;
let page: Page;
let token: string;

beforeAll(async () => {
  // The project of the conformance suite has an attribute of every type.
  server = await startServer({ seeded: false, project: "tests/conformance/project" });
  const account = { email: ADA, password: PASSWORD, firstname: "Ada", lastname: "Lovelace" };
  await ask("POST", "/admin/register-admin", account);
  const signedIn = await ask("POST", "/admin/login", { email: ADA, password: PASSWORD, deviceId: DEVICE });
  token = (signedIn as { data: { token: string } }).data.token;
  await ask("POST", "/i18n/locales", { code: "de", name: "German (de)", isDefault: false });
  for (const name of ["City", "Food", "Harbour", "Sport"]) await ask("POST", CATEGORIES, { name });
  await ask("POST", "/content-manager/collection-types/api::author.author", { name: "Ines Duarte" });
  browser = await launch();
  page = await openPage(browser, server.origin);
  await signIn(page, ADA, PASSWORD);
});

afterAll(async () => {
  await browser?.close();
  server?.stop();
});

interface Answer {
  [name: string]: unknown;
}

/** Ask the server past the panel. */
async function ask(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(server.origin + path, { method, headers, body: body ? JSON.stringify(body) : null });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Publish what is open, and wait for the server's answer. */
async function publish(): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.url().includes("/actions/publish"));
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  expect((await answered).ok()).toBe(true);
}

async function articles(locale = "en"): Promise<Answer[]> {
  return (await ask("GET", `${ARTICLES}?locale=${locale}`))["results"] as Answer[];
}

async function linked(documentId: unknown, field: string): Promise<string[]> {
  const path = `/content-manager/relations/api::article.article/${documentId}/${field}?locale=en`;
  const { results } = (await ask("GET", path)) as unknown as { results: { name: string }[] };
  return results.map(({ name }) => name).reverse();
}

const field = (name: string) => page.getByRole("textbox", { name, exact: true });
const saved = () => page.getByText("Saved", { exact: true }).last().waitFor();

describe("writing an article", () => {
  let id: unknown;

  test("the navigation finds a content type by its name", async () => {
    const navigation = page.getByRole("navigation", { name: "Main" });
    await navigation.getByRole("link", { name: "Content Manager" }).click();
    await navigation.getByRole("textbox", { name: "Find a content type" }).fill("arti");
    expect(await navigation.getByRole("link", { name: "Category" }).count()).toBe(0);
    await navigation.getByRole("link", { name: "Article" }).click();
    await page.getByRole("heading", { name: "Article" }).waitFor();
    await page.getByText("No entry yet").waitFor();
  });

  test("a draft takes values of every kind", async () => {
    await page.getByRole("link", { name: "Create new entry" }).click();
    await field("Title").fill("The harbour opens");
    await page.getByRole("button", { name: "Make Slug from the title" }).click();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[id='field-slug']")?.value !== "");
    expect(await field("Slug").inputValue()).toBe("the-harbour-opens");
    await field("Body").fill("Ships **come** in.");
    await page.getByRole("button", { name: "Preview" }).click();
    expect(await page.getByRole("region", { name: "Preview of Body" }).locator("strong").textContent()).toBe("come");
    await field("Content").click();
    await page.keyboard.type("In blocks");
    await page.getByRole("combobox", { name: "Kind of block in Content" }).selectOption("Heading 2");
    await field("Rating").fill("4.5");
    await field("Impressions").fill("12345678901234567");
    await page.getByLabel("Publish on").fill("2026-03-04");
    await page.getByLabel("Air time").fill("10:30");
    await page.getByRole("textbox", { name: "Metadata" }).click();
    await page.keyboard.type('{"a": [1]}');
    await page.getByRole("switch", { name: "Featured" }).click({ force: true });
  });

  test("relations are found by their names and put in an order", async () => {
    await page.getByRole("combobox", { name: "Author" }).fill("ines");
    await page.getByRole("option", { name: "Ines Duarte" }).click();
    for (const name of ["City", "Harbour", "Food"]) {
      await page.getByRole("combobox", { name: /^Categories/ }).fill(name);
      await page.getByRole("option", { name }).click();
    }
    await page.getByRole("button", { name: "Move Food up" }).click();
  });

  test("components and zones are added, filled and moved", async () => {
    await page.getByRole("button", { name: "Add SEO" }).click();
    await field("Meta title").fill("Harbour");
    for (const kind of ["Quote", "Rich text"]) {
      await page.getByRole("button", { name: "Add to Blocks" }).click();
      await page.getByRole("menuitem", { name: kind }).click();
    }
    await field("Text").fill("At last!");
    await page.getByRole("button", { name: "Move Rich text 2 up" }).click();
  });

  test("⌘S saves the draft", async () => {
    await page.keyboard.press("Control+s");
    await saved();
    await page.getByRole("heading", { name: "The harbour opens" }).waitFor();
    const [article] = await articles();
    id = article?.["documentId"];
    expect(article).toMatchObject({
      title: "The harbour opens",
      slug: "the-harbour-opens",
      body: "Ships **come** in.",
      content: [{ type: "heading", level: 2, children: [{ type: "text", text: "In blocks" }] }],
      rating: 4.5,
      impressions: "12345678901234567",
      publishOn: "2026-03-04",
      airTime: "10:30:00.000",
      metadata: { a: [1] },
      featured: true,
      author: { name: "Ines Duarte" },
      seo: { metaTitle: "Harbour" },
      blocks: [{ __component: "shared.rich-text" }, { __component: "shared.quote", text: "At last!" }],
      status: "draft",
    });
    expect(await linked(id, "categories")).toEqual(["City", "Food", "Harbour"]);
  });

  test("what the server refuses stands beside its field until it is mended", async () => {
    await settled(page);
    await field("Views").fill("-3");
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("alert").getByText("1 field needs your attention").waitFor();
    expect(await field("Views").getAttribute("aria-invalid")).toBe("true");
    expect(await field("Views").evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await violations(page)).toEqual([]);
    await field("Views").fill("3");
    expect(await page.getByText("needs your attention").count()).toBe(0);
  });

  test("publishing saves what was changed, too", async () => {
    await publish();
    expect((await articles())[0]).toMatchObject({ status: "published", views: 3 });
    await page.getByRole("button", { name: "Publish", exact: true, disabled: true }).waitFor();
  });

  test("what was changed since is told, and can be discarded", async () => {
    await field("Summary").fill("A summary");
    await page.keyboard.press("Control+s");
    await page.getByText("Changed since it was published").waitFor();
    await page.getByText("Modified").first().waitFor();
    await page.getByRole("radiogroup", { name: "Version" }).getByText("Published").click();
    await page.getByText("This is what sites and apps see").waitFor();
    expect(await field("Summary").inputValue()).toBe("");
    await page.getByRole("radiogroup", { name: "Version" }).getByText("Draft").click();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Discard changes" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard changes" }).click();
    await page.getByText("The draft is what is published").waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("[id='field-summary']")?.value === "");
  });

  test("another language starts with what all share, and may take over the rest", async () => {
    await page.getByRole("combobox", { name: "Language" }).click();
    await page.getByRole("option", { name: "German (de) – not written yet" }).click();
    await page.getByText("There is nothing in German (de) yet").waitFor();
    expect(await field("Rating").inputValue()).toBe("4.5");
    expect(await field("Title").inputValue()).toBe("");
    await page.getByRole("button", { name: "Fill in from English (en)" }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("[id='field-title']")?.value === "The harbour opens",
    );
    await field("Title").fill("Der Hafen öffnet");
    await field("Slug").fill("der-hafen-oeffnet");
    await publish();
    expect((await articles("de"))[0]).toMatchObject({ documentId: id, title: "Der Hafen öffnet", status: "published" });
    expect((await articles())[0]).toMatchObject({ title: "The harbour opens", status: "published" });
  });

  test("leaving with unsaved changes asks first", async () => {
    await field("Title").fill("Der Hafen");
    await page.getByRole("combobox", { name: "Language" }).click();
    await page.getByRole("option", { name: /English/ }).click();
    const question = page.getByRole("dialog", { name: "Leave without saving?" });
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(await field("Title").inputValue()).toBe("Der Hafen");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Category" }).click();
    await question.getByRole("button", { name: "Leave" }).click();
    await page.getByRole("heading", { name: "Category" }).waitFor();
  });

  test("who saves over somebody else is asked first", async () => {
    await page.goto(`/admin${ARTICLES}/${id}?locale=en`);
    await settled(page);
    await field("Internal note").fill("mine");
    await ask("PUT", `${ARTICLES}/${id}?locale=en`, { internalNote: "theirs" });
    await page.keyboard.press("Control+s");
    const question = page.getByRole("dialog", { name: "Somebody else saved this meanwhile" });
    expect(await question.textContent()).toContain("Ada Lovelace saved this entry");
    await question.getByRole("button", { name: "Save mine anyway" }).click();
    await saved();
    expect((await articles())[0]).toMatchObject({ internalNote: "mine" });
  });

  test("JSON that is none cannot be saved", async () => {
    await page.getByRole("textbox", { name: "Metadata" }).click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("{no");
    await page
      .getByText(/This is no JSON yet/)
      .first()
      .waitFor();
    await page.keyboard.press("Control+s");
    expect((await articles())[0]).toMatchObject({ metadata: { a: [1] } });
  });
});

describe("the list of entries", () => {
  test("its order, its search and its filters stand in the address", async () => {
    await page.goto(`/admin${CATEGORIES}`);
    const rows = page.getByRole("row");
    await page.getByRole("row", { name: /Sport/ }).waitFor();
    await page.getByRole("button", { name: "Name" }).click();
    await page.waitForURL(/sort=name%3ADESC/);
    await page.waitForFunction(() => document.querySelector("tbody tr")?.textContent?.includes("Sport"));
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("combobox", { name: "Field" }).click();
    await page.getByRole("option", { name: "Name" }).click();
    await page.getByRole("textbox", { name: "Value" }).fill("o");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Add filter" }).click();
    await page.getByText("Name contains o").waitFor();
    await page.getByRole("row", { name: /City/ }).waitFor({ state: "detached" });
    expect(await rows.count()).toBe(4);
    await page.reload();
    await page.getByRole("row", { name: /Sport/ }).waitFor();
    expect(await rows.count()).toBe(4);
    await page.getByRole("button", { name: "Remove the filter “Name contains o”" }).click();
    await page.getByRole("row", { name: /City/ }).waitFor();
    await page.getByRole("textbox", { name: "Search entries" }).fill("food");
    await page.getByRole("row", { name: /City/ }).waitFor({ state: "detached" });
    expect(await rows.count()).toBe(2);
  });

  test("columns are chosen by whoever looks", async () => {
    await page.goto(`/admin${CATEGORIES}`);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("checkbox", { name: "Last changed" }).click();
    await page.getByRole("columnheader", { name: "Last changed" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Back to the usual columns" }).click();
    await page.getByRole("columnheader", { name: "Last changed" }).waitFor({ state: "detached" });
  });

  test("several entries are deleted together", async () => {
    await page.goto(`/admin${CATEGORIES}`);
    await page.getByRole("checkbox", { name: "Select Sport" }).click();
    await page.getByRole("checkbox", { name: "Select City" }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("region", { name: "2 selected" }).getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog", { name: "Delete 2 entries?" }).getByRole("button", { name: "Delete" }).click();
    await page.getByText("2 entries deleted").waitFor();
    await page.getByRole("row", { name: /Sport/ }).waitFor({ state: "detached" });
  });

  test("several entries are unpublished together", async () => {
    await page.goto(`/admin${ARTICLES}`);
    await page.getByRole("checkbox", { name: "Select all entries of this page" }).click();
    await page.getByRole("button", { name: "Unpublish" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Unpublish" }).click();
    await page.getByText("1 entry unpublished").waitFor();
    expect((await articles())[0]).toMatchObject({ status: "draft" });
  });
});

test("a single type is written by its first save", async () => {
  await page.goto("/admin/content-manager/single-types/api::setting.setting");
  await field("Site name").fill("The Newsroom");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await saved();
  await page.reload();
  await settled(page);
  expect(await field("Site name").inputValue()).toBe("The Newsroom");
});

describe.each([
  ARTICLES,
  `${ARTICLES}?locale=de`,
  `${ARTICLES}/create`,
  "first",
  "/content-manager/single-types/api::homepage.homepage",
])("the page %s", (path) => {
  test("has no barriers in light and dark, loads little, and fits a phone", async () => {
    const place = path === "first" ? `${ARTICLES}/${(await articles())[0]?.["documentId"]}` : path;
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`/admin${place}`);
    await settled(page);
    page.removeAllListeners("request");
    expect.soft(asked.length, asked.join("\n")).toBeLessThanOrEqual(MOST_REQUESTS);
    expect.soft(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect.soft(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
    await fitsPhone(page, async () => {
      expect.soft(await violations(page)).toEqual([]);
    });
  });
});

test("blocks are linked, made lists, and kept as the server knows them", async () => {
  await page.goto(`/admin${ARTICLES}/create`);
  await field("Title").fill("Blocks");
  await field("Content").click();
  await page.keyboard.type("A link");
  await page.keyboard.press("Control+a");
  await page.getByRole("button", { name: "Link", exact: true }).last().click();
  await page.getByRole("textbox", { name: "Where the link leads" }).fill("https://example.com");
  await page.getByRole("button", { name: "Set link" }).click();
  await field("Content").press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("one");
  await page.getByRole("combobox", { name: "Kind of block in Content" }).selectOption("Bulleted list");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("two");
  await page.keyboard.press("Control+s");
  await saved();
  const blocks = (await articles()).find(({ title }) => title === "Blocks")?.["content"];
  expect(JSON.stringify(blocks)).toContain('"type":"link","url":"https://example.com"');
  expect(blocks).toMatchObject([
    { type: "paragraph" },
    {
      type: "list",
      format: "unordered",
      children: [
        { type: "list-item", children: [{ type: "text", text: "one" }] },
        { type: "list-item", children: [{ type: "text", text: "two", bold: true }] },
      ],
    },
  ]);
});

test("the palette leads to a content type", async () => {
  await page.goto("/admin");
  await settled(page);
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Type to find a page or a command").fill("categ");
  await page.getByRole("option", { name: /Category/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Category" }).waitFor();
});

test("typing in a long form answers within 100 ms", async () => {
  await page.goto(`/admin${ARTICLES}/create`);
  await settled(page);
  const took = await fastest(page, (turn) => {
    const input = document.querySelector<HTMLInputElement>("[id='field-title']");
    if (!input) throw new Error("There is no title");
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, `x${turn}`);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(took).toBeLessThan(100);
});
