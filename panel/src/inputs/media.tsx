// Files: which ones an entry has, and taking them away.
import { ActionIcon, Anchor, Group, Image, Input, Stack, Text } from "@mantine/core";
import { IconFile, IconX } from "@tabler/icons-react";
import type { MediaFile } from "@/api/files";
import { texts } from "@/app/texts";
import type { InputProps } from "./input";

export function MediaInput(props: InputProps<MediaFile | MediaFile[]>) {
  const files = Array.isArray(props.value) ? props.value : props.value ? [props.value] : [];
  const remove = (id: number) =>
    props.onChange(props.attribute.multiple ? files.filter((file) => file.id !== id) : null);
  return (
    <Input.Wrapper
      label={props.label}
      labelElement="div"
      description={props.description}
      required={props.required}
      error={props.error}
    >
      <Stack gap="xs" id={props.id} tabIndex={-1}>
        {files.map((file) => (
          <Group key={file.id} gap="sm" wrap="nowrap">
            {file.mime.startsWith("image/") ? (
              <Image src={file.url} alt="" w={40} h={40} radius="sm" fit="cover" />
            ) : (
              <IconFile size={24} aria-hidden />
            )}
            <Anchor href={file.url} target="_blank" rel="noreferrer" size="sm" style={{ overflowWrap: "anywhere" }}>
              {file.name}
            </Anchor>
            {!props.readOnly && (
              <ActionIcon aria-label={texts.content.removeItem(file.name)} onClick={() => remove(file.id)} ml="auto">
                <IconX size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {files.length === 0 && (
          <Text size="sm" c="dimmed">
            {texts.content.noFiles}
          </Text>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
