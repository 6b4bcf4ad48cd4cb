// The way from the top to the folder that is shown.
import { Anchor, Group, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { texts } from "@/app/texts";
import type { Folder } from "./api";
import { wayTo } from "./folders";

interface Props {
  folders: readonly Folder[];
  folder: number | null;
  onGo: (folder: number | null) => void;
}

export function Crumbs({ folders, folder, onGo }: Props) {
  const way = wayTo(folders, folder);
  const places = [{ id: null, name: texts.media.top }, ...way];
  if (folder === null) return null;
  return (
    <nav aria-label={texts.media.way}>
      <Group component="ol" gap={4} className="panel-crumbs">
        {places.map(({ id, name }, index) => (
          <li key={id ?? 0}>
            {index > 0 && <IconChevronRight size={14} aria-hidden />}
            {id === folder ? (
              <Text span size="sm" fw={600} aria-current="location">
                {name}
              </Text>
            ) : (
              <Anchor component="button" size="sm" onClick={() => onGo(id)}>
                {name}
              </Anchor>
            )}
          </li>
        ))}
      </Group>
    </nav>
  );
}
