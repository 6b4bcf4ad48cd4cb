import { expect, test } from "vitest";
import { croppedName, pixelsOf } from "./cropping";

test("a part is told in whole pixels and stays within the picture", () => {
  expect(pixelsOf({ x: 10, y: 25, width: 50, height: 50 }, 801, 600)).toEqual({
    x: 80,
    y: 150,
    width: 401,
    height: 300,
  });
  expect(pixelsOf({ x: 99.9, y: 50, width: 5, height: 51 }, 100, 100)).toEqual({ x: 100, y: 50, width: 1, height: 50 });
});

test("a part of a picture is called like it, with the same ending", () => {
  expect(croppedName("harbour.v2.png")).toBe("harbour.v2 (cropped).png");
  expect(croppedName("harbour")).toBe("harbour (cropped)");
});
