import { expect, test } from "vitest";
import { queryString } from "@/api/query";
import { type Filter, filtersAsQuestion, filtersAsSearch, filtersIn } from "./filters";

const FILTERS: Filter[] = [
  { field: "title", operator: "$containsi", value: "harbour & co" },
  { field: "author.name", operator: "$containsi", value: "Ines" },
];

test("filters go into an address and come back", () => {
  const search = filtersAsSearch(FILTERS, { sort: "title:ASC" });
  expect(search["sort"]).toBe("title:ASC");
  expect(filtersIn(search)).toEqual(FILTERS);
});

test("new filters replace those of the address", () => {
  const before = filtersAsSearch(FILTERS, {});
  expect(filtersAsSearch([], before)).toEqual({});
});

test("the server is asked by brackets", () => {
  expect(decodeURIComponent(queryString({ filters: filtersAsQuestion(FILTERS), page: 2, _q: "" }))).toBe(
    "filters[$and][0][title][$containsi]=harbour & co&filters[$and][1][author][name][$containsi]=Ines&page=2",
  );
});

test("what is no filter in an address is left alone", () => {
  expect(filtersIn({ "filters[$and][0][title][$drop]": "x", q: "y" })).toEqual([]);
});
