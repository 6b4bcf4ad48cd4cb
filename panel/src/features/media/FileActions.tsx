// What can be done with one file besides changing what is said about it.
import { Button, CopyButton, FileButton, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheck, IconCrop, IconDownload, IconLink, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { addressOf, type MediaFile } from "@/api/files";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { tellDone } from "@/components/notices";
import { deleteChosen, forgetFiles, replaceFile } from "./api";
import { isCroppable } from "./kinds";
import { useMediaRights } from "./rights";

const Crop = lazy(() => import("./Crop"));

interface Props {
  file: MediaFile;
  isInEntry: boolean;
  onChanged: (file: MediaFile) => void;
  onClose: () => void;
}

export function FileActions({ file, isInEntry, onChanged, onClose }: Props) {
  const rights = useMediaRights();
  const [cropping, crop] = useDisclosure(false);
  const replace = useMutation({
    mutationFn: (content: File) => replaceFile(file, content),
    onSuccess: async (changed) => {
      tellDone(texts.media.replaced);
      onChanged({ ...file, ...changed });
      await forgetFiles();
    },
  });
  return (
    <Group gap="xs">
      {rights.update && (
        <FileButton
          accept={file.mime}
          onChange={(content) => content && replace.mutate(content)}
          inputProps={{ "aria-hidden": true }}
        >
          {(props) => (
            <Button
              {...props}
              {...LOOK}
              title={texts.media.replaceHint}
              loading={replace.isPending}
              leftSection={<IconRefresh size={14} />}
            >
              {texts.media.replace}
            </Button>
          )}
        </FileButton>
      )}
      {isCroppable(file) && (rights.update || rights.create) && (
        <Button {...LOOK} leftSection={<IconCrop size={14} />} onClick={crop.open}>
          {texts.media.crop}
        </Button>
      )}
      {cropping && (
        <Suspense fallback={null}>
          <Crop file={file} onChanged={onChanged} onClose={crop.close} />
        </Suspense>
      )}
      {rights.copyLink && (
        <CopyButton value={addressOf(file)}>
          {({ copied, copy }) => (
            <Button {...LOOK} onClick={copy} leftSection={copied ? <IconCheck size={14} /> : <IconLink size={14} />}>
              {copied ? texts.common.copied : texts.media.copyLink}
            </Button>
          )}
        </CopyButton>
      )}
      {rights.download && (
        <Button {...LOOK} component="a" href={file.url} download={file.name} leftSection={<IconDownload size={14} />}>
          {texts.media.download}
        </Button>
      )}
      {rights.update && !isInEntry && <Delete file={file} onClose={onClose} />}
    </Group>
  );
}

const LOOK = { size: "xs", variant: "default" } as const;

function Delete({ file, onClose }: Pick<Props, "file" | "onClose">) {
  const [opened, dialog] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: () => deleteChosen({ fileIds: [file.id], folderIds: [] }),
    onSuccess: async () => {
      dialog.close();
      onClose();
      tellDone(texts.media.deleted(1, 0));
      await forgetFiles();
    },
  });
  return (
    <>
      <Button {...LOOK} c="var(--mantine-color-error)" leftSection={<IconTrash size={14} />} onClick={dialog.open}>
        {texts.common.delete}
      </Button>
      <Confirm
        opened={opened}
        title={texts.media.deleteFileTitle(file.name)}
        action={texts.common.delete}
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={dialog.close}
      >
        {texts.media.deleteFileHint}
      </Confirm>
    </>
  );
}
