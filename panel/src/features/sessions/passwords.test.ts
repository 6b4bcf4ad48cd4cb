import { expect, test } from "vitest";
import { passwordFault } from "./passwords";

test.each([
  ["Short1a", "At least 8 characters"],
  ["CAPITALS1", "A small letter"],
  ["smallones1", "A capital letter"],
  ["NoNumbers", "A number"],
  [`Aa1${"é".repeat(35)}`, "At most 72 bytes"],
  ["Correct-horse-7", null],
])("the fault of the password %s is %s", (password, fault) => {
  expect(passwordFault(password)).toBe(fault);
});
