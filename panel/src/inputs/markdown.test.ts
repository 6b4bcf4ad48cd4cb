import { expect, test } from "vitest";
import { marked } from "./markdown";

test("a mark goes around what is selected, which stays selected", () => {
  expect(marked("a word here", 2, 6, "bold")).toEqual({ text: "a **word** here", start: 4, end: 8 });
});

test("a list begins each of the selected lines", () => {
  expect(marked("one\ntwo\nthree", 1, 6, "list").text).toBe("- one\n- two\nthree");
});
