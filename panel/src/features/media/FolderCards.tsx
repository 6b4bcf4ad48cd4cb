// The folders in a folder.
import { ActionIcon, Checkbox, Menu, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { IconDots, IconFolder, IconPencil, IconTrash } from "@tabler/icons-react";
import { texts } from "@/app/texts";
import type { Folder } from "./api";

interface Props {
  folders: readonly Folder[] | undefined; // undefined while they are loaded
  isChosen?: (folder: Folder) => boolean;
  onChoose?: ((folder: Folder) => void) | undefined;
  onOpen: (folder: Folder) => void;
  onEdit?: ((folder: Folder) => void) | undefined;
  onDelete?: ((folder: Folder) => void) | undefined;
}

export function FolderCards({ folders, isChosen, onChoose, onOpen, onEdit, onDelete }: Props) {
  if (!folders) return <Skeleton height={58} maw={260} mb="md" />;
  if (folders.length === 0) return null;
  return (
    <ul className="panel-folders" aria-label={texts.media.folders}>
      {folders.map((folder) => (
        <li key={folder.id} className="panel-folder" data-chosen={isChosen?.(folder) || undefined}>
          {onChoose && (
            <Checkbox
              aria-label={texts.media.select(folder.name)}
              checked={isChosen?.(folder) ?? false}
              onChange={() => onChoose(folder)}
            />
          )}
          <UnstyledButton onClick={() => onOpen(folder)} className="panel-folder-open">
            <IconFolder size={22} stroke={1.5} aria-hidden />
            <span>
              <Text span display="block" size="sm" fw={600} truncate title={folder.name}>
                {folder.name}
              </Text>
              <Text span display="block" size="xs" c="dimmed">
                {texts.media.inFolder(folder.children.count, folder.files.count)}
              </Text>
            </span>
          </UnstyledButton>
          {onEdit && onDelete && (
            <Menu position="bottom-end" withinPortal portalProps={{ target: "#content" }}>
              <Menu.Target>
                <ActionIcon aria-label={texts.media.folderActions(folder.name)}>
                  <IconDots size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onEdit(folder)}>
                  {texts.media.edit}
                </Menu.Item>
                <Menu.Item
                  c="var(--mantine-color-error)"
                  leftSection={<IconTrash size={16} />}
                  onClick={() => onDelete(folder)}
                >
                  {texts.common.delete}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </li>
      ))}
    </ul>
  );
}
