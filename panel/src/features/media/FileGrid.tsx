// Files as pictures next to each other.
import { Checkbox, Skeleton, Text, UnstyledButton } from "@mantine/core";
import type { MediaFile } from "@/api/files";
import { texts } from "@/app/texts";
import { Preview } from "@/components/Preview";
import { wordsOf } from "./kinds";

export interface FilesProps {
  files: readonly MediaFile[] | undefined; // undefined while they are loaded
  isChosen: (file: MediaFile) => boolean;
  onChoose?: ((file: MediaFile) => void) | undefined;
  onOpen: (file: MediaFile) => void;
  openLabel: (name: string) => string;
}

export function FileGrid({ files, isChosen, onChoose, onOpen, openLabel }: FilesProps) {
  if (!files) return <Cards />;
  return (
    <ul className="panel-files" aria-label={texts.media.files}>
      {files.map((file) => (
        <li key={file.id} className="panel-file" data-chosen={isChosen(file) || undefined}>
          <UnstyledButton onClick={() => onOpen(file)} aria-label={openLabel(file.name)} className="panel-file-open">
            <Preview file={file} size={40} />
          </UnstyledButton>
          {onChoose && (
            <Checkbox
              className="panel-file-choice"
              aria-label={texts.media.select(file.name)}
              checked={isChosen(file)}
              onChange={() => onChoose(file)}
            />
          )}
          <Text size="sm" fw={500} truncate title={file.name}>
            {file.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {wordsOf(file)}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function Cards() {
  return (
    <div className="panel-files" role="status" aria-label={texts.common.loading}>
      {[1, 2, 3, 4, 5, 6].map((card) => (
        <Skeleton key={card} height={190} />
      ))}
    </div>
  );
}
