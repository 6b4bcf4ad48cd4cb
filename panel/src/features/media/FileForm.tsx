// What is said about a file, to be read and changed.
import { Button, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { kindOf, type MediaFile } from "@/api/files";
import { texts } from "@/app/texts";
import { FormProblem, required, useSave } from "@/components/form";
import { tellDone } from "@/components/notices";
import { changeFile, foldersQuery, forgetFiles } from "./api";
import { Facts } from "./Facts";
import { FileActions } from "./FileActions";
import { choiceOf, choicesOf, folderOf } from "./folders";
import { useMediaRights } from "./rights";

interface Props {
  file: MediaFile;
  isInEntry: boolean;
  onDirty: (isDirty: boolean) => void;
  onChanged: (file: MediaFile) => void;
  onClose: () => void;
}

export function FileForm({ file, isInEntry, onDirty, onChanged, onClose }: Props) {
  const rights = useMediaRights();
  const folders = useQuery({ ...foldersQuery, enabled: rights.read });
  const form = useForm({
    initialValues: {
      name: file.name,
      alternativeText: file.alternativeText ?? "",
      caption: file.caption ?? "",
      folder: choiceOf(file.folder?.id ?? null),
    },
    validate: { name: required },
  });
  const isDirty = form.isDirty();
  useEffect(() => onDirty(isDirty), [isDirty, onDirty]);
  const save = useSave(
    form,
    ({ folder, ...said }) =>
      changeFile(file.id, { ...said, ...(file.folder === undefined ? {} : { folder: folderOf(folder) }) }),
    async (_, { folder, ...said }) => {
      tellDone(texts.common.saved);
      onChanged({ ...file, ...said });
      onClose();
      await forgetFiles();
    },
  );
  const readOnly = !rights.update;
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <Facts file={file} />
        <FileActions file={file} isInEntry={isInEntry} onChanged={onChanged} onClose={onClose} />
        <FormProblem error={save.error} />
        <TextInput label={texts.media.name} required readOnly={readOnly} {...form.getInputProps("name")} />
        {kindOf(file.mime) === "image" && (
          <TextInput
            label={texts.media.alternativeText}
            description={texts.media.alternativeHint}
            readOnly={readOnly}
            {...form.getInputProps("alternativeText")}
          />
        )}
        <Textarea
          label={texts.media.caption}
          autosize
          minRows={2}
          readOnly={readOnly}
          {...form.getInputProps("caption")}
        />
        {folders.data && file.folder !== undefined && (
          <Select
            label={texts.media.folder}
            data={choicesOf(folders.data)}
            searchable
            readOnly={readOnly}
            {...form.getInputProps("folder")}
          />
        )}
        {!readOnly && (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!isDirty}>
              {texts.common.save}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
