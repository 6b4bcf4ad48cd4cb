// What can be done with one entry of a list.

import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCopy, IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ContentType, Entry } from "@/api/content";
import type { Rights } from "@/app/content";
import { texts } from "@/app/texts";
import { WITHIN } from "@/app/theme";
import { Confirm } from "@/components/Confirm";
import { tellDone } from "@/components/notices";
import { actOnMany, cloneDocument, forgetContent } from "./api";
import { entryPlace, inLocale } from "./places";

interface Props {
  type: ContentType;
  rights: Rights;
  entry: Entry;
  name: string;
  locale: string | undefined;
}

export function RowActions({ type, rights, entry, name, locale }: Props) {
  const [asking, question] = useDisclosure(false);
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => actOnMany(type.uid, "bulkDelete", [entry.documentId], locale),
    onSuccess: async () => {
      question.close();
      await forgetContent();
      tellDone(texts.content.deleted);
    },
  });
  const clone = useMutation({
    mutationFn: () => cloneDocument({ type, documentId: entry.documentId, locale }),
    onSuccess: async ({ data }) => {
      void forgetContent();
      await navigate({ to: entryPlace(type, String(data.documentId)), search: inLocale(locale) });
      tellDone(texts.content.duplicated);
    },
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal portalProps={WITHIN}>
        <Menu.Target>
          <ActionIcon aria-label={texts.content.actionsOf(name)} loading={clone.isPending}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={entryPlace(type, entry.documentId)}
            search={inLocale(locale)}
            leftSection={<IconPencil size={16} />}
          >
            {texts.content.open}
          </Menu.Item>
          {rights.may("create", locale) && (
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => clone.mutate()}>
              {texts.content.duplicate}
            </Menu.Item>
          )}
          {rights.may("delete", locale) && (
            <Menu.Item leftSection={<IconTrash size={16} />} onClick={question.open}>
              {texts.common.delete}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        title={texts.content.deleteTitle(name)}
        action={texts.common.delete}
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={question.close}
      >
        {locale ? texts.content.deleteLocaleHint(locale) : texts.content.deleteHint}
      </Confirm>
    </>
  );
}
