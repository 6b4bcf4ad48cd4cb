// What can be done with the entries that are chosen.

import { Button, Group, Paper, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ContentType } from "@/api/content";
import type { Rights } from "@/app/content";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { tellDone } from "@/components/notices";
import { actOnMany, type BulkAction, forgetContent } from "./api";
import { hasDrafts } from "./places";

interface Props {
  type: ContentType;
  locale: string | undefined;
  selected: string[];
  rights: Rights;
  onDone: () => void;
}

const DONE: Record<BulkAction, (count: number) => string> = {
  bulkPublish: texts.content.bulkPublished,
  bulkUnpublish: texts.content.bulkUnpublished,
  bulkDelete: texts.content.bulkDeleted,
};

export function BulkBar({ type, locale, selected, rights, onDone }: Props) {
  const [action, setAction] = useState<BulkAction>();
  const act = useMutation({
    mutationFn: (wanted: BulkAction) => actOnMany(type.uid, wanted, selected, locale),
    onSuccess: async ({ count }, done) => {
      onDone();
      await forgetContent();
      tellDone(DONE[done](count));
    },
    onSettled: () => setAction(undefined),
  });
  const question = action && questionOf(action, selected.length, locale);
  return (
    <>
      {selected.length > 0 && (
        <Paper
          withBorder
          p="xs"
          mb="sm"
          bg="var(--mantine-primary-color-light)"
          role="region"
          aria-label={texts.content.selected(selected.length)}
        >
          <Group gap="xs">
            <Text size="sm" fw={600} px="xs" role="status">
              {texts.content.selected(selected.length)}
            </Text>
            {hasDrafts(type) && rights.may("publish", locale) && (
              <>
                <Button size="xs" variant="default" onClick={() => setAction("bulkPublish")}>
                  {texts.content.publish}
                </Button>
                <Button size="xs" variant="default" onClick={() => setAction("bulkUnpublish")}>
                  {texts.content.unpublish}
                </Button>
              </>
            )}
            {rights.may("delete", locale) && (
              <Button size="xs" variant="default" onClick={() => setAction("bulkDelete")}>
                {texts.common.delete}
              </Button>
            )}
          </Group>
        </Paper>
      )}
      <Confirm
        opened={action !== undefined}
        title={question?.title ?? ""}
        action={question?.action ?? ""}
        danger={action !== "bulkPublish"}
        pending={act.isPending}
        onConfirm={() => action && act.mutate(action)}
        onClose={() => setAction(undefined)}
      >
        {question?.hint}
      </Confirm>
    </>
  );
}

function questionOf(action: BulkAction, count: number, locale: string | undefined) {
  const { content, common } = texts;
  if (action === "bulkPublish")
    return { title: content.bulkPublishTitle(count), hint: content.bulkPublishHint, action: content.publish };
  if (action === "bulkUnpublish")
    return { title: content.bulkUnpublishTitle(count), hint: content.bulkUnpublishHint, action: content.unpublish };
  const hint = locale ? content.bulkDeleteLocaleHint(locale) : content.bulkDeleteHint;
  return { title: content.bulkDeleteTitle(count), hint, action: common.delete };
}
