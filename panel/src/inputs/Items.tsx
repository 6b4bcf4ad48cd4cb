// A list whose items can be dragged, or moved by buttons, opened and removed.

import { closestCenter, DndContext, type DragEndEvent, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { SortableContext, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, Box, Card, Group, Text, UnstyledButton } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronRight,
  IconGripVertical,
  IconTrash,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { texts } from "@/app/texts";

export interface ListItem {
  key: string;
  label: string; // what tells it apart
  kind?: string | undefined;
  picture?: ReactNode;
  actions?: ReactNode; // besides moving and removing it
  isWrong?: boolean;
  isNew?: boolean; // opened from the start
  content?: () => ReactNode; // what is shown when it is opened
}

interface Props {
  items: ListItem[];
  readOnly: boolean;
  movable?: boolean;
  onMove: (from: number, to: number) => void;
  onRemove: (index: number) => void;
}

export function Items({ items, readOnly, movable = true, onMove, onRemove }: Props) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const end = ({ active, over }: DragEndEvent) => {
    const from = items.findIndex(({ key }) => key === active.id);
    const to = items.findIndex(({ key }) => key === over?.id);
    if (from >= 0 && to >= 0 && from !== to) onMove(from, to);
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{ container: document.body }}
    >
      <SortableContext items={items.map(({ key }) => key)} strategy={verticalListSortingStrategy}>
        <Box component="ol" className="panel-items">
          {items.map((item, index) => (
            <Item
              key={item.key}
              item={item}
              readOnly={readOnly}
              movable={movable}
              onUp={index > 0 ? () => onMove(index, index - 1) : undefined}
              onDown={index < items.length - 1 ? () => onMove(index, index + 1) : undefined}
              onRemove={() => onRemove(index)}
            />
          ))}
        </Box>
      </SortableContext>
    </DndContext>
  );
}

interface ItemProps {
  item: ListItem;
  readOnly: boolean;
  movable: boolean;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
}

function Item({ item, readOnly, movable, onUp, onDown, onRemove }: ItemProps) {
  const [chosen, setChosen] = useState(item.isNew ?? false);
  const opened = chosen || (item.isWrong ?? false); // What is wrong has to be seen.
  const { setNodeRef, listeners, transform, transition, isDragging } = useSortable({
    id: item.key,
    disabled: readOnly || !movable,
  });
  const style = { transform: CSS.Translate.toString(transform), transition, zIndex: isDragging ? 2 : undefined };
  return (
    <Card component="li" withBorder p={0} ref={setNodeRef} pos="relative" style={{ ...style, overflow: "visible" }}>
      <Group gap={4} wrap="nowrap" px="xs" py={4}>
        {!readOnly && movable && (
          <Box {...listeners} className="panel-grip" aria-hidden>
            <IconGripVertical size={16} />
          </Box>
        )}
        <Head item={item} opened={opened} onToggle={() => setChosen(!opened)} />
        {item.actions}
        {!readOnly && (
          <Group gap={0} wrap="nowrap">
            {movable && <Move item={item} onUp={onUp} onDown={onDown} />}
            <ActionIcon aria-label={texts.content.removeItem(item.label)} onClick={onRemove}>
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        )}
      </Group>
      {item.content && opened && (
        <Box p="md" pt="xs">
          {item.content()}
        </Box>
      )}
    </Card>
  );
}

function Move({ item, onUp, onDown }: Pick<ItemProps, "item" | "onUp" | "onDown">) {
  return (
    <>
      <ActionIcon aria-label={texts.content.moveUp(item.label)} disabled={!onUp} onClick={onUp}>
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon aria-label={texts.content.moveDown(item.label)} disabled={!onDown} onClick={onDown}>
        <IconArrowDown size={16} />
      </ActionIcon>
    </>
  );
}

function Head({ item, opened, onToggle }: { item: ListItem; opened: boolean; onToggle: () => void }) {
  const words = (
    <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
      {item.picture && <span className="panel-file-small">{item.picture}</span>}
      {item.kind && (
        <Text span size="xs" c="dimmed" style={{ flexShrink: 0 }}>
          {item.kind}
        </Text>
      )}
      <Text span size="sm" truncate c={item.isWrong ? "var(--mantine-color-error)" : undefined}>
        {item.label}
      </Text>
    </Group>
  );
  if (!item.content) return <Box style={{ flex: 1, minWidth: 0 }}>{words}</Box>;
  const Icon = opened ? IconChevronDown : IconChevronRight;
  return (
    <UnstyledButton onClick={onToggle} aria-expanded={opened} py={6} style={{ flex: 1, minWidth: 0 }}>
      <Group gap="xs" wrap="nowrap">
        <Icon size={16} aria-hidden style={{ flexShrink: 0 }} />
        {words}
      </Group>
    </UnstyledButton>
  );
}

/** Return a list with one item at another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), items[from] as T, ...rest.slice(to)];
}
