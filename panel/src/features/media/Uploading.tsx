// Choosing and dropping files, and how far they are.
import { ActionIcon, Button, Card, FileButton, Group, Progress, Stack, Text } from "@mantine/core";
import { IconRefresh, IconUpload, IconX } from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useState } from "react";
import { texts } from "@/app/texts";
import { wordsOf } from "@/components/notices";
import { type Upload, type UploadQueue, useUploads } from "./uploads";

interface ButtonProps {
  accept?: string | undefined;
  variant?: "filled" | "default";
  onFiles: (files: File[]) => void;
}

export function UploadButton({ accept, variant = "filled", onFiles }: ButtonProps) {
  return (
    <FileButton multiple onChange={onFiles} {...(accept ? { accept } : {})} inputProps={{ "aria-hidden": true }}>
      {(props) => (
        <Button {...props} variant={variant} leftSection={<IconUpload size={16} />}>
          {texts.media.upload}
        </Button>
      )}
    </FileButton>
  );
}

/** A part of the page on which files can be dropped; whoever cannot drag uses the button. */
export function DropArea({
  onFiles,
  children,
}: {
  onFiles?: ((files: File[]) => void) | undefined;
  children: ReactNode;
}) {
  const [over, setOver] = useState(0); // how many elements below the pointer have been entered
  if (!onFiles) return children;
  const withFiles = (act: () => void) => (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    act();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short cut for the button
    <div
      className="panel-drop"
      data-over={over > 0 || undefined}
      data-words={texts.media.drop}
      onDragEnter={withFiles(() => setOver((count) => count + 1))}
      onDragOver={withFiles(() => {})}
      onDragLeave={withFiles(() => setOver((count) => Math.max(0, count - 1)))}
      onDrop={(event) => {
        const files = [...event.dataTransfer.files];
        withFiles(() => setOver(0))(event);
        if (files.length > 0) onFiles(files);
      }}
    >
      {children}
    </div>
  );
}

export function Uploads({ queue }: { queue: UploadQueue }) {
  const uploads = useUploads(queue);
  if (uploads.length === 0) return null;
  const done = uploads.filter(({ state }) => state === "done").length;
  const failed = uploads.filter(({ state }) => state === "failed").length;
  const words =
    failed === uploads.length ? texts.media.uploadsFailed(failed) : texts.media.uploading(done, uploads.length);
  return (
    <Card withBorder mb="md" component="section" aria-label={texts.media.uploadsLabel}>
      <Text size="sm" fw={600} mb="xs" role="status">
        {words}
      </Text>
      <Stack gap="xs" mah={260} style={{ overflowY: "auto" }} tabIndex={-1}>
        {uploads.map((upload) => (
          <Row key={upload.key} upload={upload} queue={queue} />
        ))}
      </Stack>
    </Card>
  );
}

function Row({ upload, queue }: { upload: Upload; queue: UploadQueue }) {
  const { key, file, state, share, error } = upload;
  const failed = state === "failed";
  return (
    <Group wrap="nowrap" gap="sm">
      <Stack gap={2} style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" truncate>
          {file.name}
        </Text>
        {failed ? (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {wordsOf(error)}
          </Text>
        ) : (
          <Progress.Root size="sm">
            <Progress.Section value={share * 100} aria-label={texts.media.uploadProgress(file.name)} />
          </Progress.Root>
        )}
      </Stack>
      {failed && (
        <ActionIcon aria-label={texts.media.retry(file.name)} onClick={() => queue.retry(key)}>
          <IconRefresh size={16} />
        </ActionIcon>
      )}
      {state !== "done" && (
        <ActionIcon
          aria-label={failed ? texts.media.dismiss(file.name) : texts.media.stop(file.name)}
          onClick={() => queue.drop(key)}
        >
          <IconX size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}
