// Relation fields and unique identifiers, as the inputs of them ask the server.
import { bare, client, data } from "./client";
import type { Linked, Values } from "./content";
import type { Page } from "./types";

const PAGE = 50;

interface Field {
  uid: string; // of the model that holds it
  id: string | undefined; // of the document, or of the row of a component; new ones have none yet
  name: string;
  locale: string | undefined;
}

/** Return a page of what a field lists, the last one first. */
export function readLinked({ uid, id, name, locale }: Field, page: number): Promise<Page<Linked>> {
  const path = "/content-manager/relations/{uid}/{id}/{field}";
  const params = { path: { uid, id: id ?? "", field: name } };
  return bare(client.GET(path, { params, querySerializer: () => search({ locale, page, pageSize: PAGE }) }));
}

/** Return what a field may list and does not, by the words of somebody who looks for it. */
export function readCandidates({ uid, id, name, locale }: Field, words: string): Promise<Page<Linked>> {
  const path = "/content-manager/relations/{uid}/{field}";
  const asked = { locale, id, _q: words, pageSize: 20, page: 1 };
  return bare(client.GET(path, { params: { path: { uid, field: name } }, querySerializer: () => search(asked) }));
}

interface Identifier {
  contentTypeUID: string;
  field: string;
}

/** Make a free identifier from the other values of an entry. */
export function makeIdentifier(field: Identifier, values: Values, locale: string | undefined): Promise<string> {
  const body = { ...field, data: values };
  return data(client.POST("/content-manager/uid/generate", { body, querySerializer: () => search({ locale }) }));
}

interface Availability {
  isAvailable: boolean;
  suggestion: string | null;
}

export function checkIdentifier(field: Identifier, value: string, locale: string | undefined): Promise<Availability> {
  const body = { ...field, value };
  const path = "/content-manager/uid/check-availability";
  return bare(client.POST(path, { body, querySerializer: () => search({ locale }) }));
}

function search(asked: Record<string, string | number | undefined>): string {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined && value !== "") told.set(name, `${value}`);
  return told.toString();
}
