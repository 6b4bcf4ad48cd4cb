import { expect, test } from "vitest";
import type { Folder } from "./api";
import { choiceOf, choicesOf, folderOf, foldersIn, wayTo } from "./folders";

const folder = (id: number, name: string, parent?: number): Folder => ({
  id,
  name,
  parent: parent === undefined ? null : { id: parent },
  children: { count: 0 },
  files: { count: 0 },
});
const CITY = folder(1, "City");
const HARBOUR = folder(2, "Harbour", 1);
const SHIPS = folder(3, "Ships", 2);
const ALL = [SHIPS, folder(4, "Part 10"), folder(5, "Part 9"), HARBOUR, CITY];

test("folders stand in the order of their names, with numbers as numbers", () => {
  expect(foldersIn(ALL, null).map(({ name }) => name)).toEqual(["City", "Part 9", "Part 10"]);
  expect(foldersIn(ALL, 2)).toEqual([SHIPS]);
});

test("the way to a folder begins at the top; one that is not there has none", () => {
  expect(wayTo(ALL, 3)).toEqual([CITY, HARBOUR, SHIPS]);
  expect(wayTo(ALL, 99)).toEqual([]);
});

test("folders that are within each other in a circle have a way that ends", () => {
  expect(wayTo([folder(1, "A", 2), folder(2, "B", 1)], 1)).toHaveLength(2);
});

test("a folder cannot be put into itself or into what is in it", () => {
  expect(choicesOf(ALL).map(({ label }) => label)).toContain("City / Harbour / Ships");
  expect(choicesOf(ALL, [2]).map(({ label }) => label)).toEqual(["All files", "City", "Part 9", "Part 10"]);
});

test("the top is a choice like any folder", () => {
  expect([null, 7].map((id) => folderOf(choiceOf(id)))).toEqual([null, 7]);
});
