// What the content manager asks of the server. The description has no shapes of questions, so they are given as they are.
import { queryOptions } from "@tanstack/react-query";
import { bare, client, data, tagged } from "@/api/client";
import type { ContentType, Document, Entries, Locale, Values, View, Views } from "@/api/content";
import { type Question, queryString } from "@/api/query";
import { queries } from "@/app/queries";

const ONE = "/content-manager/collection-types/{uid}/{id}";
const MANY = "/content-manager/collection-types/{uid}";
const SINGLE = "/content-manager/single-types/{uid}";
const ACTIONS = "/content-manager/collection-types/{uid}/actions";

/** Which document is meant: in a collection one by its id, of a single type the only one. */
export interface Target {
  type: ContentType;
  documentId?: string | undefined;
  locale?: string | undefined;
  expected?: string | undefined; // the tag of the version that is to be changed, and no other
}

const asked = (question: Question) => ({ querySerializer: () => queryString(question) });
const expecting = (tag: string | undefined) => (tag ? { headers: { "if-match": tag } } : {});
const asBody = (body: Values) => ({ body: body as never });

export const viewsQuery = (uid: string) =>
  queryOptions({
    queryKey: ["content", "views", uid],
    queryFn: () =>
      data<Views>(client.GET("/content-manager/content-types/{uid}/configuration", { params: { path: { uid } } })),
    staleTime: 5 * 60_000,
  });

export const contentLocalesQuery = queryOptions({
  queryKey: ["locales"],
  queryFn: () => bare<Locale[]>(client.GET("/i18n/locales")),
});

export const entriesQuery = (uid: string, question: Question) =>
  queryOptions({
    queryKey: ["content", uid, "list", question],
    queryFn: () => bare<Entries>(client.GET(MANY, { params: { path: { uid } }, ...asked(question) })),
    placeholderData: (before: Entries | undefined) => before,
  });

/** Ask for a document; it is never taken from memory, since what one edits has to be what there is. */
export const documentQuery = ({ type, documentId, locale }: Target, version?: string) =>
  queryOptions({
    queryKey: ["content", type.uid, "one", documentId ?? null, locale ?? null, version ?? null],
    queryFn: () => readDocument({ type, documentId, locale }, version),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
  });

export function readDocument({ type, documentId, locale }: Target, status?: string): Promise<Document> {
  const { uid } = type;
  const question = asked({ locale, status });
  if (type.kind === "singleType") return tagged(client.GET(SINGLE, { params: { path: { uid } }, ...question }));
  return tagged(client.GET(ONE, { params: { path: { uid, id: documentId ?? "" } }, ...question }));
}

/** Save a document, or create it. */
export function saveDocument({ type, documentId, locale, expected }: Target, body: Values): Promise<Document> {
  const { uid } = type;
  const rest = { ...asked({ locale }), ...asBody(body), ...expecting(expected) };
  if (type.kind === "singleType") return tagged(client.PUT(SINGLE, { params: { path: { uid } }, ...rest }));
  if (!documentId) return tagged(client.POST(MANY, { params: { path: { uid } }, ...rest }));
  return tagged(client.PUT(ONE, { params: { path: { uid, id: documentId } }, ...rest }));
}

/** Publish a document with what was changed in it, or create and publish it. */
export function publishDocument({ type, documentId, locale, expected }: Target, body: Values): Promise<Document> {
  const { uid } = type;
  const rest = { ...asked({ locale }), ...asBody(body), ...expecting(expected) };
  if (type.kind === "singleType")
    return tagged(client.POST(`${SINGLE}/actions/publish`, { params: { path: { uid } }, ...rest }));
  if (!documentId) return tagged(client.POST(`${ACTIONS}/publish`, { params: { path: { uid } }, ...rest }));
  return tagged(client.POST(`${ONE}/actions/publish`, { params: { path: { uid, id: documentId } }, ...rest }));
}

/** Take the publication away; with `discardDraft` the draft becomes what was published. */
export function unpublishDocument({ type, documentId, locale }: Target, discardDraft: boolean): Promise<unknown> {
  const { uid } = type;
  const rest = { ...asked({ locale }), ...asBody({ discardDraft }) };
  if (type.kind === "singleType")
    return bare(client.POST(`${SINGLE}/actions/unpublish`, { params: { path: { uid } }, ...rest }));
  return bare(client.POST(`${ONE}/actions/unpublish`, { params: { path: { uid, id: documentId ?? "" } }, ...rest }));
}

export function discardDraft({ type, documentId, locale }: Target): Promise<unknown> {
  const { uid } = type;
  const rest = { ...asked({ locale }), ...asBody({}) };
  if (type.kind === "singleType")
    return bare(client.POST(`${SINGLE}/actions/discard`, { params: { path: { uid } }, ...rest }));
  return bare(client.POST(`${ONE}/actions/discard`, { params: { path: { uid, id: documentId ?? "" } }, ...rest }));
}

/** Delete a document in one locale, or with the locale `*` in all of them. */
export function deleteDocument({ type, documentId, locale }: Target): Promise<unknown> {
  const { uid } = type;
  if (type.kind === "singleType")
    return bare(client.DELETE(SINGLE, { params: { path: { uid } }, ...asked({ locale }) }));
  return bare(client.DELETE(ONE, { params: { path: { uid, id: documentId ?? "" } }, ...asked({ locale }) }));
}

export function cloneDocument({ type, documentId, locale }: Target): Promise<Document> {
  const params = { path: { uid: type.uid, id: documentId ?? "" } };
  const path = "/content-manager/collection-types/{uid}/clone/{id}";
  return bare(client.POST(path, { params, ...asked({ locale }), ...asBody({}) }));
}

export type BulkAction = "bulkPublish" | "bulkUnpublish" | "bulkDelete";

export function actOnMany(uid: string, action: BulkAction, documentIds: string[], locale?: string) {
  const params = { path: { uid } };
  const rest = { ...asked({ locale }), ...asBody({ documentIds, locale }) };
  return bare<{ count: number }>(client.POST(`${ACTIONS}/${action}`, { params, ...rest }));
}

/** Change how a list of entries looks for everybody. */
export function changeView(uid: string, { settings, metadatas, layouts }: View): Promise<unknown> {
  const path = "/content-manager/content-types/{uid}/configuration";
  return data(client.PUT(path, { params: { path: { uid } }, ...asBody({ settings, metadatas, layouts }) }));
}

/** Ask what a new locale of a document has in common with the others. */
export const sharedQuery = (uid: string, id: number, locale: string) =>
  queryOptions({
    queryKey: ["content", uid, "one", "shared", id, locale],
    queryFn: () => readShared(uid, id, locale),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

async function readShared(uid: string, id: number, locale: string): Promise<Values> {
  const body = { model: uid, id, locale };
  const path = "/i18n/content-manager/actions/get-non-localized-fields";
  const told = await bare<{ nonLocalizedFields: Values }>(client.POST(path, asBody(body)));
  return told.nonLocalizedFields;
}

/** Return what the form of one locale may take over from another. */
export function readForLocale({ type, documentId, locale }: Target, source: string): Promise<Values> {
  const path = "/i18n/content-manager/get-fill-from-locale/{uid}";
  const collectionType = type.kind === "singleType" ? "single-types" : "collection-types";
  const question = asked({ documentId, sourceLocale: source, targetLocale: locale, collectionType });
  return data(client.GET(path, { params: { path: { uid: type.uid } }, ...question }));
}

/** Forget what lists and relations held, and wait until those on the page are there anew. */
export function forgetContent(): Promise<void> {
  const isDocument = (key: readonly unknown[]) => ["schema", "views"].includes(String(key[1])) || key[2] === "one";
  return queries.invalidateQueries({ queryKey: ["content"], predicate: ({ queryKey }) => !isDocument(queryKey) });
}
