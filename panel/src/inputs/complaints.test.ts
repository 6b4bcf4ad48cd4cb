import { expect, test } from "vitest";
import { inPlainWords } from "./complaints";

test.each([
  ["title must be a `string` type, but the final value was: `null`.", "This is needed."],
  ["seo.metaTitle must be at most 60 characters", "At most 60 characters."],
  ["views must be greater than or equal to 0", "At least 0."],
  ["This attribute must be unique", "Another entry has this already. Choose something else."],
  ["Something new", "Something new"],
])("%s", (said, shown) => {
  expect(inPlainWords(said)).toBe(shown);
});
