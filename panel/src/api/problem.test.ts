import { expect, test } from "vitest";
import { Problem } from "./problem";

test("a refusal of fields tells the first message of each", () => {
  const errors = [
    { path: ["name"], message: "name is a required field" },
    { path: ["roles", "0"], message: "no such role" },
    { path: ["name"], message: "another" },
  ];
  const problem = new Problem(400, {
    error: { status: 400, name: "ValidationError", message: "2 errors", details: { errors } },
  });
  expect(problem.fields).toEqual({ name: "name is a required field", "roles.0": "no such role" });
});

test("a refusal that names a field by its key is understood as well", () => {
  const problem = new Problem(400, {
    error: { message: "ValidationError", details: { email: ["Email already taken"] } },
  });
  expect(problem.fields).toEqual({ email: "Email already taken" });
});

test("an answer that is no refusal of ours keeps its status", () => {
  expect(new Problem(502, undefined).status).toBe(502);
});
