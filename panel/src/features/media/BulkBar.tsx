// What can be done with the files and folders that are chosen.
import { Button, Group, Paper, Text } from "@mantine/core";
import { useState } from "react";
import { texts } from "@/app/texts";
import type { Folder } from "./api";
import { DeleteQuestion } from "./DeleteQuestion";
import { MoveDialog } from "./FolderDialogs";
import type { Choice } from "./useChoice";

interface Props {
  choice: Choice;
  folders: readonly Folder[];
  from: number | null | undefined; // undefined: from several folders
}

export function BulkBar({ choice, folders, from }: Props) {
  const [asked, setAsked] = useState<"move" | "delete" | null>(null);
  const { chosen } = choice;
  const number = chosen.fileIds.length + chosen.folderIds.length;
  if (number === 0) return null;
  const words = texts.media.selected(chosen.fileIds.length, chosen.folderIds.length);
  const close = () => setAsked(null);
  return (
    <Paper withBorder p="xs" mb="sm" bg="var(--mantine-primary-color-light)" component="section" aria-label={words}>
      <Group gap="xs">
        <Text size="sm" fw={600} px="xs" role="status">
          {words}
        </Text>
        <Button size="xs" variant="default" onClick={() => setAsked("move")}>
          {texts.media.move}
        </Button>
        <Button size="xs" variant="default" onClick={() => setAsked("delete")}>
          {texts.common.delete}
        </Button>
        {number < choice.all && (
          <Button size="xs" variant="subtle" onClick={choice.selectAll}>
            {texts.media.selectAll}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={choice.clear}>
          {texts.media.unselect}
        </Button>
      </Group>
      <MoveDialog
        opened={asked === "move"}
        chosen={chosen}
        folders={folders}
        from={from}
        onDone={choice.clear}
        onClose={close}
      />
      <DeleteQuestion chosen={asked === "delete" ? chosen : null} onDone={choice.clear} onClose={close} />
    </Paper>
  );
}
