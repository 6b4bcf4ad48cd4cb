import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { catalogueOf } from "./catalogue";
import { PermissionMatrix } from "./PermissionMatrix";
import { type Selection, selectionOf } from "./selection";

const READ = "plugin::content-manager.explorer.read";
const section = (subjects: string[]) => ({
  subjects: subjects.map((label) => ({
    uid: `api::${label}.${label}`,
    label,
    properties: [{ value: "fields", children: ["title", "note"].map((value) => ({ label: value, value })) }],
  })),
  actions: [
    {
      label: "Read",
      actionId: READ,
      subjects: subjects.map((label) => `api::${label}.${label}`),
      applyToProperties: ["fields"],
    },
  ],
});
const catalogue = catalogueOf({
  conditions: [{ id: "admin::is-creator", displayName: "Is creator" }],
  sections: { collectionTypes: section(["article", "page"]), singleTypes: section([]), plugins: [], settings: [] },
});
const ceiling = selectionOf(
  [
    {
      action: READ,
      subject: "api::article.article",
      properties: { fields: ["title"] },
      conditions: ["admin::is-creator"],
    },
  ],
  catalogue,
);

beforeAll(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(cleanup);

function show(props: { onlyWithin?: boolean } = {}) {
  const changed = vi.fn<(selection: Selection) => void>();
  render(
    <MantineProvider env="test">
      <PermissionMatrix catalogue={catalogue} selection={new Map()} onChange={changed} ceiling={ceiling} {...props} />
    </MantineProvider>,
  );
  return changed;
}

test("what the owner holds can be ticked, and brings no more than that", () => {
  const changed = show();
  fireEvent.click(screen.getByRole("checkbox", { name: "Read: Article" }));
  expect([...(changed.mock.calls[0]?.[0].values() ?? [])]).toEqual([...ceiling.values()]);
});

test("what the owner does not hold cannot be ticked", () => {
  const changed = show();
  const box = screen.getByRole("checkbox", { name: "Read: Page" });
  fireEvent.click(box);
  expect(box.getAttribute("aria-disabled")).toBe("true");
  expect(changed).not.toHaveBeenCalled();
});

test("conditions of the owner's role are shown, and cannot be changed", () => {
  show();
  fireEvent.click(screen.getByRole("button", { name: /conditions of Article/ }));
  const box = screen.getByRole<HTMLInputElement>("checkbox", { name: "Read: Article, Is creator" });
  expect(box.checked).toBe(true);
  expect(box.getAttribute("aria-disabled")).toBe("true");
});

test("of somebody else's token only the owner's scope is shown", () => {
  show({ onlyWithin: true });
  expect(screen.queryByRole("checkbox", { name: "Read: Page" })).toBeNull();
  expect(screen.getByRole("checkbox", { name: "Read: Article" })).toBeTruthy();
});
