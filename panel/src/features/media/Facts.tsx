// A file as it is, and what is known of it.
import { Box, Table } from "@mantine/core";
import { fresh, kindOf, type MediaFile } from "@/api/files";
import { texts } from "@/app/texts";
import { Moment } from "@/components/Moment";
import { Preview } from "@/components/Preview";
import { sizeInWords } from "./kinds";

export function Facts({ file }: { file: MediaFile }) {
  const rows = [
    [texts.media.type, file.mime],
    [texts.media.size, sizeInWords(file.size)],
    file.width && file.height ? [texts.media.dimensions, texts.media.pixels(file.width, file.height)] : undefined,
    [texts.media.added, <Moment key="added" at={file.createdAt} />],
    [texts.media.changed, <Moment key="changed" at={file.updatedAt} />],
  ].filter((row) => row !== undefined);
  return (
    <>
      <Box className="panel-look">
        <Look file={file} />
      </Box>
      <Table aria-label={texts.media.facts} withRowBorders={false} verticalSpacing={2} fz="sm">
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={String(name)}>
              <Table.Th w={110} c="dimmed" fw={400}>
                {name}
              </Table.Th>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function Look({ file }: { file: MediaFile }) {
  const url = fresh(file.url, file);
  const kind = kindOf(file.mime);
  if (kind === "image") return <img src={url} alt={file.alternativeText ?? ""} />;
  // biome-ignore lint/a11y/useMediaCaption: whoever uploads a film brings no text with it
  if (kind === "video") return <video src={url} controls preload="metadata" aria-label={file.name} />;
  // biome-ignore lint/a11y/useMediaCaption: whoever uploads a sound brings no text with it
  if (kind === "audio") return <audio src={url} controls preload="metadata" aria-label={file.name} />;
  return <Preview file={file} size={56} />;
}
