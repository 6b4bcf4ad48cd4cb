// Making a folder, renaming or moving one, and moving several things into one.
import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { texts } from "@/app/texts";
import { Dialog } from "@/components/Dialog";
import { FormProblem, required, useSave } from "@/components/form";
import { tellDone } from "@/components/notices";
import { type Chosen, changeFolder, createFolder, type Folder, forgetFiles, moveChosen } from "./api";
import { choiceOf, choicesOf, folderOf } from "./folders";

interface Props {
  folders: readonly Folder[];
  edited: Folder | null; // null: a new one
  parent: number | null;
  onClose: () => void;
}

export function FolderDialog(props: Props & { opened: boolean }) {
  const title = props.edited ? texts.media.editFolder(props.edited.name) : texts.media.newFolder;
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={title}>
      <FolderForm {...props} />
    </Dialog>
  );
}

function FolderForm({ folders, edited, parent, onClose }: Props) {
  const form = useForm({
    initialValues: { name: edited?.name ?? "", parent: choiceOf(edited ? (edited.parent?.id ?? null) : parent) },
    validate: { name: (name) => required(name) ?? (name.includes("/") ? texts.media.slashes : null) },
  });
  const save = useSave(
    form,
    (values) => {
      const name = values.name.trim();
      const within = folderOf(values.parent);
      return edited ? changeFolder(edited.id, { name, parent: within }) : createFolder(name, within);
    },
    async () => {
      await forgetFiles();
      tellDone(texts.common.saved);
      onClose();
    },
  );
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={save.error} />
        <TextInput label={texts.media.folderName} required data-autofocus {...form.getInputProps("name")} />
        <Select
          label={texts.media.folderIn}
          data={choicesOf(folders, edited ? [edited.id] : [])}
          searchable
          {...form.getInputProps("parent")}
        />
        <Buttons
          action={edited ? texts.common.save : texts.media.createFolder}
          pending={save.isPending}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}

interface MoveProps {
  folders: readonly Folder[];
  chosen: Chosen;
  from: number | null | undefined; // undefined: from several folders
  onDone: () => void;
  onClose: () => void;
}

export function MoveDialog(props: MoveProps & { opened: boolean }) {
  const { fileIds, folderIds } = props.chosen;
  const title = texts.media.moveTitle(fileIds.length, folderIds.length);
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={title}>
      <MoveForm {...props} />
    </Dialog>
  );
}

function MoveForm({ folders, chosen, from, onDone, onClose }: MoveProps) {
  const [choice, setChoice] = useState<string | null>(from === undefined ? null : choiceOf(from));
  const move = useMutation({
    meta: { inForm: true },
    mutationFn: () => moveChosen(chosen, folderOf(choice)),
    onSuccess: async () => {
      onDone();
      await forgetFiles();
      tellDone(texts.media.moved(chosen.fileIds.length, chosen.folderIds.length));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        move.mutate();
      }}
    >
      <Stack>
        <FormProblem error={move.error} />
        <Select
          label={texts.media.moveTo}
          data={choicesOf(folders, chosen.folderIds)}
          searchable
          value={choice}
          onChange={setChoice}
        />
        <Buttons
          action={texts.media.move}
          pending={move.isPending}
          disabled={choice === null || (from !== undefined && choice === choiceOf(from))}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}

interface ButtonsProps {
  action: string;
  pending: boolean;
  disabled?: boolean;
  onClose: () => void;
}

function Buttons({ action, pending, disabled = false, onClose }: ButtonsProps) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {texts.common.cancel}
      </Button>
      <Button type="submit" loading={pending} disabled={disabled}>
        {action}
      </Button>
    </Group>
  );
}
