import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, openPage, PASSWORD, settled, signIn, violations } from "./browser";
import { picture } from "./picture";
import { type Server, startServer } from "./server";

const ADA = "ada@example.com";
const LIBRARY = "/admin/media";
const PHONE = { width: 375, height: 760 };
const MOST_REQUESTS = 10;

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  // The project of the conformance suite has fields for files.
  server = await startServer({ seeded: false, project: "tests/conformance/project" });
  const body = JSON.stringify({ email: ADA, password: PASSWORD, firstname: "Ada", lastname: "Lovelace" });
  const headers = { "content-type": "application/json" };
  await fetch(`${server.origin}/admin/register-admin`, { method: "POST", headers, body });
  browser = await launch();
  page = await openPage(browser, server.origin);
  await signIn(page, ADA, PASSWORD);
});

afterAll(async () => {
  await browser?.close();
  server?.stop();
});

const files = () => page.getByRole("list", { name: "Files" });
const folders = () => page.getByRole("list", { name: "Folders" });
const png = (name: string, width = 800, height = 600) => ({
  name,
  mimeType: "image/png",
  buffer: picture(width, height),
});

/** Choose files with the button of the page. */
async function upload(...given: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Upload" }).click();
  await (await chooser).setFiles(given);
}

/** Drop files on the page, as a browser does. */
async function drop(name: string, type: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([named, kind]) => {
      const made = new DataTransfer();
      made.items.add(new File(["words"], named ?? "", { type: kind ?? "" }));
      return made;
    },
    [name, type],
  );
  for (const event of ["dragenter", "dragover", "drop"]) {
    await page.locator(".panel-drop").dispatchEvent(event, { dataTransfer: transfer });
  }
}

describe("the media library", () => {
  test("teaches how to begin, and has no barriers", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Media Library" }).click();
    await page.getByText("No file yet").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test("takes several files at once, by the button and by dropping them", async () => {
    await upload(png("harbour.png"), png("bridge.png", 300, 500));
    await page.getByText("2 files uploaded").waitFor();
    await drop("notes.txt", "text/plain");
    await page.getByText("1 file uploaded").waitFor();
    await files().getByRole("button", { name: "Open notes.txt" }).waitFor();
    expect(await files().getByRole("listitem").count()).toBe(3);
    expect(await violations(page)).toEqual([]);
  });

  test("says why a file was refused, and tries again", async () => {
    await upload({ name: "broken.png", mimeType: "image/png", buffer: picture(40, 40).subarray(0, 60) });
    const uploads = page.getByRole("region", { name: "Uploads" });
    await uploads.getByRole("alert").waitFor();
    expect(await violations(page)).toEqual([]);
    await uploads.getByRole("button", { name: "Try again to upload broken.png" }).click();
    await uploads.getByRole("alert").waitFor();
    await uploads.getByRole("button", { name: "Forget broken.png" }).click();
    await uploads.waitFor({ state: "detached" });
    expect(await files().getByRole("listitem").count()).toBe(3);
  });

  test("describes a picture", async () => {
    await files().getByRole("button", { name: "Open harbour.png" }).click();
    const drawer = page.getByRole("dialog", { name: "Details" });
    await drawer.getByText("800 × 600 pixels").waitFor();
    expect(await violations(page)).toEqual([]);
    await drawer.getByLabel("Alternative text").fill("Ships in the harbour");
    await drawer.getByLabel("Caption").fill("The harbour");
    await drawer.getByRole("button", { name: "Save" }).click();
    await drawer.waitFor({ state: "detached" });
    await files().getByRole("button", { name: "Open harbour.png" }).click();
    expect(await drawer.getByLabel("Alternative text").inputValue()).toBe("Ships in the harbour");
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
  });

  test("asks before it forgets what was typed about a file", async () => {
    await files().getByRole("button", { name: "Open harbour.png" }).click();
    const drawer = page.getByRole("dialog", { name: "Details" });
    await drawer.getByLabel("Caption").fill("Something else");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Leave" }).click();
    await drawer.waitFor({ state: "detached" });
  });

  test("makes folders within each other, and moves files there", async () => {
    await page.getByRole("button", { name: "New folder" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name of the folder").fill("City");
    await page.keyboard.press("Enter");
    await folders().getByRole("button", { name: /^City/ }).click();
    await page.getByRole("button", { name: "New folder" }).click();
    await dialog.getByLabel("Name of the folder").fill("a/b");
    await page.keyboard.press("Enter");
    await dialog.getByText("A name may hold no slash.").waitFor();
    await dialog.getByLabel("Name of the folder").fill("Harbour");
    await page.keyboard.press("Enter");
    await folders()
      .getByRole("button", { name: /^Harbour/ })
      .waitFor();
    await page.getByRole("navigation", { name: "Folders above" }).getByRole("button", { name: "All files" }).click();
    await files().getByRole("checkbox", { name: "Select harbour.png" }).check();
    await files().getByRole("checkbox", { name: "Select notes.txt" }).check();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Move" }).click();
    await dialog.getByRole("combobox", { name: "To the folder" }).click();
    await page.getByRole("option", { name: "City / Harbour" }).click();
    await dialog.getByRole("button", { name: "Move" }).click();
    await page.getByText("2 files moved").waitFor();
    await folders().getByRole("button", { name: /^City/ }).click();
    await folders().getByRole("button", { name: "Harbour 2 files" }).click();
    await files().getByRole("button", { name: "Open notes.txt" }).waitFor();
    expect(await page.locator("[aria-current=location]").textContent()).toBe("Harbour");
  });

  test("keeps what is shown in the address", async () => {
    await page.goBack();
    await page.goBack();
    await files().getByRole("button", { name: "Open bridge.png" }).waitFor();
    await page.getByRole("button", { name: "Show as a list" }).click();
    await page.getByRole("textbox", { name: "Search in all folders" }).fill("notes");
    await page.waitForURL(/_q=notes/);
    await page.reload();
    await page.getByRole("button", { name: "Open notes.txt" }).waitFor();
    expect(await page.getByRole("table").getByRole("row").count()).toBe(2);
    expect(await violations(page)).toEqual([]);
    await page.getByRole("textbox", { name: "Search in all folders" }).fill("");
    await page.getByRole("button", { name: "Open bridge.png" }).waitFor();
    await page.getByRole("combobox", { name: "Kind of file" }).click();
    await page.getByRole("option", { name: "Documents" }).click();
    await page.waitForURL(/kind=file/);
    await page.getByRole("button", { name: "Open bridge.png" }).waitFor({ state: "detached" });
  });
});

describe("a picture", () => {
  test("is cropped by keyboard, as a new file and in its place", async () => {
    await page.goto(`${LIBRARY}?_q=harbour`);
    await files().getByRole("button", { name: "Open harbour.png" }).click();
    const drawer = page.getByRole("dialog", { name: "Details" });
    await drawer.getByRole("button", { name: "Crop" }).click();
    const crop = page.getByRole("dialog", { name: "Crop “harbour.png”" });
    await crop.getByText("640 × 480 pixels are kept").waitFor();
    await crop.getByRole("combobox", { name: "Shape" }).click();
    await page.getByRole("option", { name: "Square" }).click();
    await crop.getByText("600 × 600 pixels are kept").waitFor();
    expect(await violations(page)).toEqual([]);
    await crop.getByLabel("Bottom right corner").focus();
    for (let press = 0; press < 5; press++) await page.keyboard.press("ArrowLeft");
    await crop.getByText("600 × 600 pixels are kept").waitFor({ state: "detached" });
    await crop.getByRole("button", { name: "Save as a new file" }).click();
    await page.getByText("1 file uploaded").last().waitFor();
    await drawer.getByRole("button", { name: "Crop" }).click();
    await crop.getByRole("button", { name: "Replace the picture" }).click();
    await drawer.getByText("640 × 480 pixels").waitFor();
    expect(await drawer.getByLabel("Alternative text").inputValue()).toBe("Ships in the harbour");
    await page.keyboard.press("Escape");
    await files().getByRole("button", { name: "Open harbour (cropped).png" }).waitFor();
  });
});

describe("an entry", () => {
  const entry = () => page.getByRole("button", { name: "Choose from the library: Cover" });
  const chooser = () => page.getByRole("dialog", { name: "Choose for Cover" });

  test("takes a picture that is uploaded while choosing, and no other file", async () => {
    await page.goto("/admin/content-manager/collection-types/api::article.article/create");
    await settled(page);
    await page.getByRole("textbox", { name: "Title", exact: true }).fill("With a picture");
    await entry().click();
    await chooser().getByText("Takes pictures").waitFor();
    expect(await violations(page)).toEqual([]);
    await chooser()
      .locator("input[type=file]")
      .setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") });
    await chooser().getByText("This field takes pictures only.").waitFor();
    await chooser()
      .locator("input[type=file]")
      .setInputFiles(png("cover.png", 640, 400));
    await chooser().getByRole("checkbox", { name: "Select cover.png", checked: true }).waitFor();
    await chooser().getByRole("button", { name: "Take this file" }).click();
    await chooser().waitFor({ state: "detached" });
  });

  test("describes it on the way, without being saved by that, and is published with it", async () => {
    await page.getByRole("button", { name: "Details of cover.png" }).click();
    const drawer = page.getByRole("dialog", { name: "Details" });
    await drawer.getByLabel("Alternative text").fill("A cover");
    await drawer.getByRole("button", { name: "Save" }).click();
    await drawer.waitFor({ state: "detached" });
    expect(page.url()).toMatch(/create$/);
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("Published", { exact: true }).last().waitFor();
    await page.reload();
    await settled(page);
    await page.getByRole("button", { name: "Details of cover.png" }).click();
    expect(await drawer.getByLabel("Alternative text").inputValue()).toBe("A cover");
    expect(await drawer.getByRole("button", { name: "Delete" }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page
      .getByRole("button", { name: /cover.png/ })
      .last()
      .waitFor();
    await page.getByRole("button", { name: "Remove cover.png" }).click();
    await page.getByRole("button", { name: "Details of cover.png" }).waitFor({ state: "detached" });
  });
});

test("a field for several files puts them in an order by keyboard", async () => {
  await page.getByRole("button", { name: "Choose from the library: Gallery" }).click();
  const chooser = page.getByRole("dialog", { name: "Choose for Gallery" });
  await chooser.getByText("Takes pictures, documents").waitFor();
  await chooser.getByRole("button", { name: "Choose bridge.png" }).click();
  await chooser.getByRole("button", { name: "Choose cover.png" }).click();
  await chooser.getByRole("button", { name: "Take 2 files" }).click();
  await page.getByRole("button", { name: "Move cover.png up" }).press("Enter");
  const names = await page
    .getByRole("button", { name: /^Details of/ })
    .evaluateAll((all) => all.map((each) => each.ariaLabel));
  expect(names).toEqual(["Details of cover.png", "Details of bridge.png"]);
  await page.keyboard.press("Control+s");
  await page.getByText("Saved", { exact: true }).last().waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Details of bridge.png" }).waitFor();
  const kept = await page
    .getByRole("button", { name: /^Details of/ })
    .evaluateAll((all) => all.map((each) => each.ariaLabel));
  expect(kept).toEqual(names);
});

test("files and folders go after a question", async () => {
  await page.goto(LIBRARY);
  await folders().getByRole("checkbox", { name: "Select City" }).check();
  await files().getByRole("checkbox", { name: "Select bridge.png" }).check();
  await page
    .getByRole("region", { name: "1 file and 1 folder selected" })
    .getByRole("button", { name: "Delete" })
    .click();
  const question = page.getByRole("dialog", { name: "Delete 1 file and 1 folder?" });
  await question.getByText("Everything in it goes with it").waitFor();
  await question.getByRole("button", { name: "Delete" }).click();
  await page.getByText("1 file and 1 folder deleted").waitFor();
  await folders().waitFor({ state: "detached" });
});

test("a page load of the library asks little, and fits a phone", async () => {
  const asked: string[] = [];
  page.on("request", (request) => request.resourceType() !== "image" && asked.push(request.url()));
  await page.goto(LIBRARY);
  await settled(page);
  page.removeAllListeners("request");
  expect.soft(asked.length, asked.join("\n")).toBeLessThanOrEqual(MOST_REQUESTS);
  await page.setViewportSize(PHONE);
  await page.waitForTimeout(300);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(width).toBeLessThanOrEqual(PHONE.width);
});
