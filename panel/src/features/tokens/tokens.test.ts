import { expect, test } from "vitest";
import { isInUse } from "./expiry";
import { adminSnippets } from "./snippets";

const token = { id: 1, name: "x", description: "", expiresAt: null, createdAt: "2026-01-01T00:00:00.000Z" };
const now = Date.parse("2026-01-20T00:00:00.000Z");

test("a token that was used in the last 7 days is in use", () => {
  expect(isInUse({ ...token, lastUsedAt: "2026-01-14T00:00:00.000Z" }, now)).toBe(true);
  expect(isInUse({ ...token, lastUsedAt: "2026-01-10T00:00:00.000Z" }, now)).toBe(false);
  expect(isInUse({ ...token, lastUsedAt: null }, now)).toBe(false);
});

test("the first request asks for something that the token may read", () => {
  const permissions = [{ action: "plugin::content-manager.explorer.read", subject: "api::page.page" }];
  const [curl] = adminSnippets("https://cms.example", permissions)("key");
  expect(curl?.text).toContain("https://cms.example/admin/content-manager/collection-types/api::page.page");
});

test("clients of agents are told of only where agents are served", () => {
  const ids = (path?: string) => adminSnippets("https://cms.example", [], path)("key").map(({ id }) => id);
  expect(ids()).toEqual(["curl"]);
  expect(ids("/mcp")).toEqual(["curl", "mcp"]);
  expect(adminSnippets("https://cms.example", [], "/mcp")("key")[1]?.text).toContain("https://cms.example/mcp");
});
