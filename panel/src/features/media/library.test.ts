import { expect, test } from "vitest";
import type { MediaFile } from "@/api/files";
import { queryString } from "@/api/query";
import { isCroppable, isTaken, kindsTaken, sizeInWords, wordsOf } from "./kinds";
import { questionOf, stateOf } from "./libraryState";

const asked = (search: Record<string, string>, kinds?: Parameters<typeof questionOf>[1]) =>
  decodeURIComponent(queryString(questionOf(stateOf(search), kinds)));

test("an address that makes no sense shows the library as it begins", () => {
  const nonsense = { folder: "x", page: "-2", pageSize: "many", sort: "hash:ASC", kind: "spoon", view: "cube" };
  expect(stateOf(nonsense)).toEqual(stateOf({}));
});

test("a folder shows what is in it, and a search looks everywhere", () => {
  expect(asked({})).toContain("filters[$and][0][folder][id][$null]=true");
  expect(asked({ folder: "3" })).toContain("filters[$and][0][folder][id]=3");
  expect(asked({ folder: "3", _q: "ship" })).toBe("page=1&pageSize=20&sort=createdAt:DESC&_q=ship");
});

test("documents are what is no picture, video or sound", () => {
  expect(asked({ _q: "x", kind: "image" })).toContain("filters[$and][0][mime][$startsWith]=image/");
  expect(asked({ _q: "x", kind: "file" }).match(/\$notContains/g)).toHaveLength(3);
});

test("a field that takes some kinds is offered those alone", () => {
  expect(asked({ _q: "x" }, ["image", "video"])).toContain("filters[$and][0][$or][1][mime][$startsWith]=video/");
});

test("a field that names no kinds takes all", () => {
  expect(kindsTaken(null)).toEqual(["image", "video", "audio", "file"]);
  expect(kindsTaken(["videos", "files"])).toEqual(["video", "file"]);
  expect(isTaken({ mime: "image/png" }, ["video"])).toBe(false);
  expect(isTaken({ mime: "application/pdf" }, ["file"])).toBe(true);
});

test("sizes are told in units that one can compare", () => {
  expect([0.01, 1, 9.94, 113.2, 2500, 1_200_000].map(sizeInWords)).toEqual([
    "less than 1 kB",
    "1 kB",
    "9.9 kB",
    "113 kB",
    "2.5 MB",
    "1.2 GB",
  ]);
});

test("a file is told apart by its ending and its size", () => {
  const file = { ext: ".png", mime: "image/png", size: 12, width: 3, height: 2 } as MediaFile;
  expect(wordsOf(file)).toBe("PNG · 3 × 2");
  expect(wordsOf({ ...file, ext: null, mime: "audio/mpeg", width: null })).toBe("Sound · 12 kB");
});

test("drawings and moving pictures are not cropped", () => {
  const mimes = ["image/png", "image/svg+xml", "image/gif", "video/mp4"];
  expect(mimes.map((mime) => isCroppable({ mime } as MediaFile))).toEqual([true, false, false, false]);
});
