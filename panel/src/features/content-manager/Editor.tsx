// The form of a document, with what can be done with it beside it.

import { Alert, Anchor, Box, List } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { ContentSchema, ContentType, Document, Values, Views } from "@/api/content";
import { placeOf, type Rights } from "@/app/content";
import { texts } from "@/app/texts";
import { PageHeader } from "@/components/PageHeader";
import { Draft, DraftProvider, useDraftState } from "@/inputs/draft";
import { Fields } from "@/inputs/Fields";
import { OwnerProvider, type Place, PlaceProvider } from "@/inputs/input";
import { StatusBadge } from "@/inputs/StatusBadge";
import { defaults, prepared } from "@/inputs/values";
import { inWords, labelOf, nameOfEntry } from "@/inputs/words";
import { ConflictQuestion } from "./ConflictQuestion";
import { EntryGuard } from "./EntryGuard";
import { EntryPanel, PhoneBar } from "./EntryPanel";
import { focusField } from "./focus";
import { lastSearch } from "./listState";
import type { Languages } from "./locales";
import { NewLanguage } from "./NewLanguage";
import { hasDrafts } from "./places";
import { type Editing, useSaving } from "./saving";

interface Props {
  type: ContentType;
  documentId: string | undefined;
  schema: ContentSchema;
  views: Views;
  languages: Languages;
  rights: Rights;
  document: Document;
  shared?: Values | undefined; // what a language that is not written yet has in common with the others
  version?: "published" | undefined;
}

const ROOT: [] = [];

export function Editor({ type, documentId, schema, views, languages, rights, document, shared, version }: Props) {
  const isNew = !("documentId" in document.data);
  const [draft] = useState(() => new Draft(beginning(type, schema, document, shared)));
  const locale = languages.current;
  const deed = isNew ? "create" : "update";
  const readOnly = version === "published" || !rights.may(deed, locale);
  const row = documentId ?? (isNew ? undefined : String(document.data["documentId"]));
  const place = useMemo<Place>(
    () => ({
      schema,
      views,
      uid: type.uid,
      documentId: row,
      locale,
      readOnly,
      mayWrite: (path) => rights.mayField(deed, path, locale),
      mayRead: (path) => rights.mayField("read", path, locale) || rights.mayField(deed, path, locale),
    }),
    [schema, views, type, row, locale, readOnly, rights, deed],
  );
  const owner = useMemo(() => ({ model: type, view: views.contentType, row }), [type, views, row]);
  const editing: Editing = { type, documentId: row, locale, schema, draft, document, isNew, place };
  return (
    <DraftProvider value={draft}>
      <PlaceProvider value={place}>
        <OwnerProvider value={owner}>
          <EditorPage editing={editing} views={views} languages={languages} rights={rights} version={version} />
        </OwnerProvider>
      </PlaceProvider>
    </DraftProvider>
  );
}

function beginning(type: ContentType, schema: ContentSchema, document: Document, shared: Values | undefined): Values {
  if ("documentId" in document.data) return prepared(document.data, type.attributes, schema);
  return { ...defaults(type.attributes), ...prepared(shared ?? {}, type.attributes, schema) };
}

interface PageProps {
  editing: Editing;
  views: Views;
  languages: Languages;
  rights: Rights;
  version: "published" | undefined;
}

function EditorPage({ editing, views, languages, rights, version }: PageProps) {
  const { type, document, isNew, place } = editing;
  const navigate = useNavigate();
  const saving = useSaving(editing);
  const leave = () =>
    void navigate({ to: type.kind === "singleType" ? "." : placeOf(type), search: lastSearch(type.uid) });
  useHotkeys(
    [["mod+S", () => !place.readOnly && saving.save(), { preventDefault: true }]],
    [],
    true, // also where blocks are written
  );
  return (
    <>
      <PageHeader
        title={titleOf(editing, views, languages)}
        hint={type.kind === "singleType" ? type.info.description : undefined}
        {...(type.kind === "singleType" ? {} : { back: { to: addressOfList(type), label: type.info.displayName } })}
      >
        {hasDrafts(type) && !isNew && document.data.status && <StatusBadge status={document.data.status} />}
      </PageHeader>
      <Box className="panel-editor">
        <Box style={{ minWidth: 0 }}>
          <WrongFields views={views} />
          {place.readOnly && (
            <Alert mb="md" color="gray">
              {version ? texts.content.publishedHint : texts.content.readOnly}
            </Alert>
          )}
          {isNew && document.meta.availableLocales.length > 0 && (
            <NewLanguage editing={editing} languages={languages} />
          )}
          <Fields path={ROOT} />
        </Box>
        <EntryPanel
          editing={editing}
          saving={saving}
          languages={languages}
          rights={rights}
          views={views}
          version={version}
          onGone={leave}
        />
      </Box>
      {!place.readOnly && <PhoneBar editing={editing} saving={saving} rights={rights} />}
      <EntryGuard draft={editing.draft} />
      <ConflictQuestion saving={saving} />
    </>
  );
}

function titleOf({ type, document, isNew, locale }: Editing, views: Views, languages: Languages): string {
  if (type.kind === "singleType") return type.info.displayName;
  if (isNew && document.meta.availableLocales.length === 0) return texts.content.createTitle(type.info.displayName);
  const language = languages.all.find(({ code }) => code === locale);
  if (isNew && language) return texts.content.createIn(type.info.displayName, language.name);
  return nameOfEntry(document.data, views.contentType.settings.mainField);
}

function addressOfList(type: ContentType): string {
  const search = new URLSearchParams(
    Object.entries(lastSearch(type.uid)).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return search.size > 0 ? `${placeOf(type)}?${search}` : placeOf(type);
}

/** What is wrong with the form, with a way to each field. */
function WrongFields({ views }: { views: Views }) {
  const wrong = Object.entries(useDraftState((each) => each.wrong()));
  if (wrong.length === 0) return null;
  return (
    <Alert color="red" role="alert" mb="md" title={texts.content.wrong(wrong.length)}>
      <List size="sm">
        {wrong.map(([key, message]) => (
          <List.Item key={key}>
            <Anchor
              size="sm"
              c="inherit"
              underline="always"
              href={`#field-${key}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(key);
              }}
            >
              {nameOfPath(key, views)}
            </Anchor>
            : {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function nameOfPath(key: string, views: Views): string {
  const [first = "", ...rest] = key.split(".");
  const last = rest.filter((step) => !/^\d+$/.test(step)).map(inWords);
  return [labelOf(first, views.contentType), ...last].join(" › ");
}
