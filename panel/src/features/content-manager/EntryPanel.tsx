// What stands beside an entry: saving and publishing it, its language, and its history in short.

import { Box, Button, Card, Group, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Translation, Values, Views } from "@/api/content";
import { nameOf, type Person } from "@/api/types";
import type { Rights } from "@/app/content";
import { texts } from "@/app/texts";
import { Moment } from "@/components/Moment";
import { useDraftState } from "@/inputs/draft";
import { isOwnedByServer } from "@/inputs/values";
import { labelOf } from "@/inputs/words";
import { documentQuery } from "./api";
import { EntryMenu } from "./EntryMenu";
import type { Languages } from "./locales";
import { hasDrafts } from "./places";
import type { Editing, Saving } from "./saving";

interface Props {
  editing: Editing;
  saving: Saving;
  languages: Languages;
  rights: Rights;
  views: Views;
  version: "published" | undefined;
  onGone: () => void;
}

export function EntryPanel(props: Props) {
  const { editing, saving, rights, version } = props;
  return (
    <Stack component="aside" gap="md" className="panel-aside" aria-label={texts.content.information}>
      <Card withBorder>
        <Stack gap="sm">
          {!editing.isNew && hasDrafts(editing.type) && <VersionSwitch {...props} />}
          {!editing.place.readOnly && <SaveButtons editing={editing} saving={saving} rights={rights} />}
          {!editing.isNew && !version && <EntryMenu {...props} />}
        </Stack>
      </Card>
      <LanguageCard {...props} />
      {!editing.isNew && <Information {...props} />}
    </Stack>
  );
}

/** The same buttons where a thumb reaches them. */
export function PhoneBar(props: Pick<Props, "editing" | "saving" | "rights">) {
  return (
    <Box className="panel-phone-bar">
      <SaveButtons {...props} inRow />
    </Box>
  );
}

function SaveButtons({
  editing,
  saving,
  rights,
  inRow,
}: Pick<Props, "editing" | "saving" | "rights"> & { inRow?: boolean }) {
  const { type, locale, isNew, document } = editing;
  const isDirty = useDraftState((draft) => draft.changed().length > 0);
  const mayPublish = hasDrafts(type) && rights.may("publish", locale);
  const isPublished = document.data.status === "published" && !isDirty;
  const save = (
    <Button
      key="save"
      variant={mayPublish ? "default" : "filled"}
      loading={saving.pending === "save"}
      disabled={!isDirty && !isNew}
      onClick={saving.save}
    >
      {hasDrafts(type) ? texts.content.saveDraft : texts.content.save}
    </Button>
  );
  const publish = mayPublish && (
    <Button key="publish" loading={saving.pending === "publish"} disabled={isPublished} onClick={saving.publish}>
      {texts.content.publish}
    </Button>
  );
  if (inRow)
    return (
      <Group grow>
        {save}
        {publish}
      </Group>
    );
  return (
    <Stack gap="xs" className="panel-wide">
      {publish}
      {save}
      <Text size="xs" c="dimmed" role="status">
        {isDirty ? texts.content.unsaved : isNew ? texts.content.notSaved : texts.content.shortcut}
      </Text>
    </Stack>
  );
}

function VersionSwitch({ editing, version }: Props) {
  const navigate = useNavigate();
  const isPublished = version === "published" || (editing.document.data.status ?? "draft") !== "draft";
  if (!isPublished) return null;
  return (
    <SegmentedControl
      fullWidth
      aria-label={texts.content.version}
      value={version ?? "draft"}
      data={[
        { value: "draft", label: texts.content.draftVersion },
        { value: "published", label: texts.content.publishedVersion },
      ]}
      onChange={(next) =>
        void navigate({
          to: ".",
          search: (before: object) => ({ ...before, version: next === "published" ? next : undefined }),
        })
      }
    />
  );
}

function LanguageCard({ editing, languages }: Props) {
  const navigate = useNavigate();
  const { document, isNew, locale } = editing;
  if (languages.all.length < 2) return null;
  const others = document.meta.availableLocales;
  const label = (code: string, name: string) => {
    if (code === locale) return name;
    return wordsOfLocale(
      name,
      others.find((each) => each.locale === code),
    );
  };
  const isBegun = !isNew || others.length > 0;
  return (
    <Card withBorder>
      <Select
        label={texts.content.locale}
        leftSection={<IconLanguage size={16} />}
        data={languages.all.map(({ code, name }) => ({ value: code, label: isBegun ? label(code, name) : name }))}
        value={locale ?? null}
        onChange={(code) =>
          void navigate({
            to: ".",
            search: (before: object) => ({ ...before, locale: code ?? undefined, version: undefined }),
          })
        }
      />
    </Card>
  );
}

function wordsOfLocale(name: string, translation: Translation | undefined): string {
  if (!translation) return texts.content.localeNotWritten(name);
  const status = translation.status;
  return status ? texts.content.localeIn(name, texts.content.statuses[status].toLowerCase()) : name;
}

function Information({ editing, views, version }: Props) {
  const { data } = editing.document;
  return (
    <Card withBorder>
      <Stack gap="xs">
        <When label={texts.content.updatedBy} at={data["updatedAt"]} by={data["updatedBy"]} />
        <When label={texts.content.createdBy} at={data["createdAt"]} by={data["createdBy"]} />
        {data.status === "modified" && !version && <Difference editing={editing} views={views} />}
      </Stack>
    </Card>
  );
}

function When({ label, at, by }: { label: string; at: unknown; by: unknown }) {
  return (
    <Box>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div">
        <Moment at={at as string | undefined} /> {by ? texts.content.by(nameOf(by as Person)) : ""}
      </Text>
    </Box>
  );
}

/** The names of the fields in which the draft is not what is published. */
function Difference({ editing, views }: { editing: Editing; views: Views }) {
  const { type, documentId, locale, document } = editing;
  const published = useQuery(documentQuery({ type, documentId, locale }, "published"));
  if (!published.data) return null;
  const names = changedFields(document.data, published.data.data);
  if (names.length === 0) return null;
  return (
    <Box>
      <Text size="sm" c="dimmed">
        {texts.content.changedSince}
      </Text>
      <Text size="sm">{names.map((name) => labelOf(name, views.contentType)).join(", ")}</Text>
    </Box>
  );
}

export function changedFields(draft: Values, published: Values): string[] {
  const plain = (value: unknown) =>
    JSON.stringify(value ?? null, (key, inner) => (key === "id" || key === "documentId" ? undefined : inner));
  return Object.keys(draft).filter(
    (name) => !isOwnedByServer(name) && name !== "status" && plain(draft[name]) !== plain(published[name]),
  );
}
