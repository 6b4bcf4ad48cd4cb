// One document: found, or begun, in one language; what is shown of it comes only once everything is there.

import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import type { ContentSchema, ContentType, Document, Views } from "@/api/content";
import { Problem } from "@/api/problem";
import { type Rights, schemaQuery, useRights } from "@/app/content";
import { texts } from "@/app/texts";
import { QueryProblem } from "@/components/QueryProblem";
import { Missing, Waiting } from "@/routes/states";
import { documentQuery, sharedQuery, viewsQuery } from "./api";
import { Editor } from "./Editor";
import { type Languages, useLanguages } from "./locales";
import { hasDrafts } from "./places";

const UNWRITTEN: Document = { data: {}, meta: { availableLocales: [], availableStatus: [] } };

export function NewEntryPage() {
  const { uid } = useParams({ strict: false }) as { uid: string };
  return <Found uid={uid} kind="collectionType" documentId={undefined} />;
}

export function EntryPage() {
  const { uid, documentId } = useParams({ strict: false }) as { uid: string; documentId: string };
  return <Found uid={uid} kind="collectionType" documentId={documentId} />;
}

export function SinglePage() {
  const { uid } = useParams({ strict: false }) as { uid: string };
  return <Found uid={uid} kind="singleType" documentId={undefined} />;
}

interface FoundProps {
  uid: string;
  kind: ContentType["kind"];
  documentId: string | undefined;
}

function Found({ uid, kind, documentId }: FoundProps) {
  const search = useSearch({ strict: false }) as { locale?: string; version?: string };
  const schema = useQuery(schemaQuery);
  const views = useQuery(viewsQuery(uid));
  const rights = useRights(uid);
  const type = schema.data?.contentTypes.find((each) => each.uid === uid && each.kind === kind);
  const languages = useLanguages(type, search.locale, rights);
  if (schema.isError) return <QueryProblem query={schema} />;
  if (views.isError) return <QueryProblem query={views} />;
  if (schema.data && !type) return <Missing />;
  if (!schema.data || !views.data || !type || !languages.isReady) return <Waiting />;
  const asked = { type, documentId, schema: schema.data, views: views.data, languages, rights };
  if (kind === "collectionType" && !documentId)
    return <Editor key={languages.current} {...asked} document={UNWRITTEN} />;
  const version = search.version === "published" && hasDrafts(type) ? "published" : undefined;
  return <Loaded key={`${documentId} ${languages.current} ${version}`} {...asked} version={version} />;
}

interface LoadedProps {
  type: ContentType;
  documentId: string | undefined;
  schema: ContentSchema;
  views: Views;
  languages: Languages;
  rights: Rights;
  version: "published" | undefined;
}

function Loaded({ version, ...asked }: LoadedProps) {
  const { type, documentId, languages } = asked;
  const target = { type, documentId, locale: languages.current };
  const found = useQuery(documentQuery(target, version));
  const isUnwritten = found.error instanceof Problem && found.error.status === 404 && type.kind === "singleType";
  const document = isUnwritten ? UNWRITTEN : found.data;
  const other = document && !("documentId" in document.data) ? document.meta.availableLocales[0] : undefined;
  const shared = useQuery({
    ...sharedQuery(type.uid, other?.id ?? 0, languages.current ?? ""),
    enabled: other !== undefined && languages.current !== undefined,
  });
  if (found.isError && !isUnwritten) return <QueryProblem query={found} />;
  if (!document || shared.isLoading) return <Waiting />;
  if (version && !("documentId" in document.data)) return <Alert>{texts.content.notPublished}</Alert>;
  return <Editor {...asked} document={document} shared={shared.data} version={version} />;
}
