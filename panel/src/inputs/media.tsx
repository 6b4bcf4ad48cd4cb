// Files of an entry: chosen from the library, put in an order, described and taken away.
import { ActionIcon, Button, Input, Stack, Text } from "@mantine/core";
import { IconPencil, IconPhotoPlus } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { MediaFile } from "@/api/files";
import { useCan } from "@/app/me";
import { texts } from "@/app/texts";
import { Preview } from "@/components/Preview";
import { Items, moved } from "./Items";
import type { InputProps } from "./input";

const Chooser = lazy(() => import("@/features/media/Chooser"));
const Details = lazy(() => import("@/features/media/FileDrawer"));

export function MediaInput(props: InputProps<MediaFile | MediaFile[]>) {
  const can = useCan();
  const [choosing, setChoosing] = useState(false);
  const [opened, setOpened] = useState<MediaFile | null>(null);
  const [changed, setChanged] = useState<Record<number, MediaFile>>({}); // What is said about a file is not the entry's.
  const multiple = props.attribute.multiple === true;
  const held = Array.isArray(props.value) ? props.value : props.value ? [props.value] : [];
  const files = held.map((file) => changed[file.id] ?? file);
  const keep = (kept: MediaFile[]) => props.onChange(multiple ? kept : (kept.at(-1) ?? null));
  const action = !multiple && files.length > 0 ? texts.media.change : texts.media.choose;
  const mayRead = can("plugin::upload.read");
  return (
    <Input.Wrapper
      label={props.label}
      labelElement="div"
      description={props.description}
      required={props.required}
      error={props.error}
    >
      <Stack gap="xs" id={props.id} tabIndex={-1}>
        <Items
          items={files.map((file) => ({
            key: String(file.id),
            label: file.name,
            picture: <Preview file={file} size={20} />,
            actions: mayRead && (
              <ActionIcon aria-label={texts.media.editFile(file.name)} onClick={() => setOpened(file)}>
                <IconPencil size={16} />
              </ActionIcon>
            ),
          }))}
          readOnly={props.readOnly}
          movable={files.length > 1}
          onMove={(from, to) => keep(moved(files, from, to))}
          onRemove={(index) => keep(files.filter((_, at) => at !== index))}
        />
        {files.length === 0 && (props.readOnly || !mayRead) && (
          <Text size="sm" c="dimmed">
            {texts.content.noFiles}
          </Text>
        )}
        {!props.readOnly && mayRead && (
          <Button
            variant="default"
            leftSection={<IconPhotoPlus size={16} />}
            onClick={() => setChoosing(true)}
            style={{ alignSelf: "flex-start" }}
            aria-label={texts.media.chooseFor(action, props.label)}
          >
            {action}
          </Button>
        )}
      </Stack>
      <Apart>
        {choosing && (
          <Chooser
            label={props.label}
            multiple={multiple}
            allowedTypes={props.attribute.allowedTypes}
            chosen={files}
            onChoose={(chosen) => {
              keep(chosen);
              setChoosing(false);
            }}
            onClose={() => setChoosing(false)}
          />
        )}
        {opened && (
          <Details
            file={opened}
            isInEntry
            onChanged={(file) => {
              setChanged({ ...changed, [file.id]: file });
              setOpened(file);
            }}
            onClose={() => setOpened(null)}
          />
        )}
      </Apart>
    </Input.Wrapper>
  );
}

/** Windows with forms of their own: what is sent there does not send the entry. */
function Apart({ children }: { children: ReactNode }) {
  return (
    <div style={{ display: "contents" }} onSubmit={(event) => event.stopPropagation()}>
      <Suspense fallback={null}>{children}</Suspense>
    </div>
  );
}
