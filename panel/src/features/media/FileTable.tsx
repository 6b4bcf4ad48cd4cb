// Files below each other, with what is known of them.
import { Anchor, Card, Checkbox, Group, ScrollArea, Skeleton, Stack, Table, Text } from "@mantine/core";
import { kindOf } from "@/api/files";
import { texts } from "@/app/texts";
import { Moment } from "@/components/Moment";
import { Preview } from "@/components/Preview";
import type { FilesProps } from "./FileGrid";
import { sizeInWords } from "./kinds";

export function FileTable({ files, isChosen, onChoose, onOpen, openLabel }: FilesProps) {
  if (!files) return <Rows />;
  return (
    <Card withBorder p={0}>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": texts.media.files }}>
        <Table className="panel-table" highlightOnHover horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              {onChoose && <Table.Td w={36} />}
              <Table.Th>{texts.media.name}</Table.Th>
              <Table.Th className="panel-wide">{texts.media.type}</Table.Th>
              <Table.Th className="panel-wide">{texts.media.size}</Table.Th>
              <Table.Th>{texts.media.added}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {files.map((file) => (
              <Table.Tr key={file.id} data-chosen={isChosen(file) || undefined}>
                {onChoose && (
                  <Table.Td>
                    <Checkbox
                      aria-label={texts.media.select(file.name)}
                      checked={isChosen(file)}
                      onChange={() => onChoose(file)}
                    />
                  </Table.Td>
                )}
                <Table.Td>
                  <Group gap="sm" wrap="nowrap">
                    <span className="panel-file-small">
                      <Preview file={file} size={20} />
                    </span>
                    <Anchor
                      component="button"
                      ta="left"
                      fw={500}
                      aria-label={openLabel(file.name)}
                      onClick={() => onOpen(file)}
                      style={{ overflowWrap: "anywhere" }}
                    >
                      {file.name}
                    </Anchor>
                  </Group>
                </Table.Td>
                <Table.Td className="panel-wide">
                  <Text size="sm">{texts.media.oneKind[kindOf(file.mime)]}</Text>
                </Table.Td>
                <Table.Td className="panel-wide">
                  <Text size="sm">{sizeInWords(file.size)}</Text>
                </Table.Td>
                <Table.Td>
                  <Moment at={file.createdAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Card>
  );
}

function Rows() {
  return (
    <Stack role="status" aria-label={texts.common.loading}>
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} height={44} />
      ))}
    </Stack>
  );
}
