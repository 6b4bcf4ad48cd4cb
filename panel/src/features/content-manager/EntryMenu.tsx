// What can be done with an entry besides saving and publishing it; each asks before something is lost.

import { Button, Menu, Radio, Stack, Text } from "@mantine/core";
import { IconArrowBackUp, IconChevronDown, IconEyeOff, IconHistory, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { placeOf, type Rights } from "@/app/content";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { tellDone } from "@/components/notices";
import { deleteDocument, discardDraft, forgetContent, unpublishDocument } from "./api";
import type { Languages } from "./locales";
import { entryPlace, hasDrafts, inLocale, isLocalized } from "./places";
import type { Editing, Saving } from "./saving";

interface Props {
  editing: Editing;
  saving: Saving;
  languages: Languages;
  rights: Rights;
  onGone: () => void;
}

type Deed = "unpublish" | "discard" | "delete" | "deleteLocale";

export function EntryMenu(props: Props) {
  const { editing, rights } = props;
  const { type, documentId, locale, document } = editing;
  const [deed, setDeed] = useState<Deed>();
  const status = document.data.status ?? "draft";
  const drafts = hasDrafts(type);
  const items = [
    rights.may("read", locale) && type.uid.startsWith("api::") && (
      <Menu.Item
        key="history"
        component={Link}
        to={`${type.kind === "singleType" ? placeOf(type) : entryPlace(type, documentId ?? "")}/history`}
        search={inLocale(locale)}
        leftSection={<IconHistory size={16} />}
      >
        {texts.content.history}
      </Menu.Item>
    ),
    drafts && status !== "draft" && rights.may("publish", locale) && (
      <Menu.Item key="unpublish" leftSection={<IconEyeOff size={16} />} onClick={() => setDeed("unpublish")}>
        {texts.content.unpublish}
      </Menu.Item>
    ),
    drafts && status === "modified" && rights.may("update", locale) && (
      <Menu.Item key="discard" leftSection={<IconArrowBackUp size={16} />} onClick={() => setDeed("discard")}>
        {texts.content.discard}
      </Menu.Item>
    ),
    isLocalized(type) && document.meta.availableLocales.length > 0 && rights.may("delete", locale) && (
      <Menu.Item key="deleteLocale" leftSection={<IconTrash size={16} />} onClick={() => setDeed("deleteLocale")}>
        {texts.content.deleteLocale(nameOfLocale(props))}
      </Menu.Item>
    ),
    rights.may("delete", locale) && (
      <Menu.Item key="delete" leftSection={<IconTrash size={16} />} onClick={() => setDeed("delete")}>
        {texts.content.deleteEntry}
      </Menu.Item>
    ),
  ].filter(Boolean);
  if (items.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end" width="target">
        <Menu.Target>
          <Button variant="subtle" color="gray" size="compact-sm" rightSection={<IconChevronDown size={14} />}>
            {texts.content.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown miw={220}>{items}</Menu.Dropdown>
      </Menu>
      <Question {...props} deed={deed} onClose={() => setDeed(undefined)} />
    </>
  );
}

function nameOfLocale({ editing, languages }: Props): string {
  return languages.all.find(({ code }) => code === editing.locale)?.name ?? "";
}

function Question(props: Props & { deed: Deed | undefined; onClose: () => void }) {
  const { editing, saving, deed, onClose, onGone } = props;
  const { type, documentId, locale, draft, document } = editing;
  const [keeping, setKeeping] = useState("keep");
  const target = { type, documentId, locale };
  const act = useMutation({
    mutationFn: (wanted: Deed) => {
      if (wanted === "unpublish") return unpublishDocument(target, keeping === "discard");
      if (wanted === "discard") return discardDraft(target);
      return deleteDocument({ ...target, locale: wanted === "delete" && isLocalized(type) ? "*" : locale });
    },
    onSuccess: async (_, done) => {
      onClose();
      tellDone(DONE[done]);
      if (done === "unpublish" || done === "discard") return saving.reload();
      draft.settle(draft.values, draft.values);
      await forgetContent();
      onGone();
    },
  });
  const words = deed && wordsOf(deed, props);
  return (
    <Confirm
      opened={deed !== undefined}
      title={words?.title ?? ""}
      action={words?.action ?? ""}
      pending={act.isPending}
      onConfirm={() => deed && act.mutate(deed)}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{words?.hint}</Text>
        {deed === "unpublish" && document.data.status === "modified" && (
          <Radio.Group aria-label={texts.content.draftVersion} value={keeping} onChange={setKeeping}>
            <Stack gap="xs">
              <Radio value="keep" label={texts.content.unpublishKeep} />
              <Radio value="discard" label={texts.content.unpublishDiscard} />
            </Stack>
          </Radio.Group>
        )}
      </Stack>
    </Confirm>
  );
}

const DONE: Record<Deed, string> = {
  unpublish: texts.content.unpublished,
  discard: texts.content.discarded,
  delete: texts.content.deleted,
  deleteLocale: texts.content.deleted,
};

function wordsOf(deed: Deed, props: Props) {
  const { content, common } = texts;
  const name = nameOfLocale(props);
  switch (deed) {
    case "unpublish":
      return { title: content.unpublishTitle, hint: content.unpublishHint, action: content.unpublish };
    case "discard":
      return { title: content.discardTitle, hint: content.discardHint, action: content.discard };
    case "deleteLocale":
      return { title: `${content.deleteLocale(name)}?`, hint: content.deleteLocaleHint(name), action: common.delete };
    case "delete":
      return {
        title: `${content.deleteEntry}?`,
        hint: isLocalized(props.editing.type) ? content.deleteEverywhere : content.deleteHint,
        action: common.delete,
      };
  }
}
