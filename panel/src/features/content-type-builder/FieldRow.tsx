// A field in the list of a model: what it is called, what it holds, and where it stands.
import { ActionIcon, Anchor, Badge, Card, Group, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { texts } from "@/app/texts";
import type { Blueprint, Field } from "./blueprint";
import { isPolymorphic, waysOf } from "./fieldTypes";

interface Props {
  field: Field;
  all: Blueprint;
  readOnly: boolean;
  isChanged: boolean;
  fault: string | undefined;
  onOpen: () => void;
  onRemove: () => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
}

export function FieldRow({ field, all, readOnly, isChanged, fault, onOpen, onRemove, onUp, onDown }: Props) {
  const { name, was, properties } = field;
  const isFixed = properties.configurable === false;
  return (
    <Card component="li" withBorder px="sm" py={6}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" style={{ minWidth: 0 }}>
          <Anchor component="button" type="button" fw={600} onClick={onOpen} aria-label={texts.builder.openField(name)}>
            {name}
          </Anchor>
          {properties.required && (
            <Text span c="dimmed" size="sm">
              {texts.builder.options.required}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {texts.builder.attributeTypes[properties.type]} {detailOf(field, all)}
          </Text>
          {isChanged && (
            <Badge color={was ? "yellow" : "green"}>{was ? texts.builder.isChanged : texts.builder.isNew}</Badge>
          )}
        </Group>
        {!readOnly && (
          <Group gap={0} wrap="nowrap">
            <ActionIcon aria-label={texts.content.moveUp(name)} disabled={!onUp} bg="transparent" onClick={onUp}>
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon aria-label={texts.content.moveDown(name)} disabled={!onDown} bg="transparent" onClick={onDown}>
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon
              aria-label={texts.content.removeItem(name)}
              disabled={isFixed}
              bg="transparent"
              onClick={onRemove}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        )}
      </Group>
      {fault && (
        <Text size="sm" c="var(--mantine-color-error)">
          {fault}
        </Text>
      )}
    </Card>
  );
}

/** Say what a field leads to or is made of. */
function detailOf(field: Field, all: Blueprint): string {
  const { type, target, component, components, repeatable, targetField } = field.properties;
  const values = field.properties.enum;
  const named = (uid: string | undefined) => (uid && (all[uid]?.displayName ?? uid)) || "";
  const { kindOf } = texts.builder;
  if (type === "relation") {
    if (isPolymorphic(field)) return "";
    const to = named(target);
    return `→ ${waysOf(field.properties).endsWith("Many") || waysOf(field.properties) === "manyWay" ? kindOf.repeatable(to) : to}`;
  }
  if (type === "component") return `· ${(repeatable ? kindOf.repeatable : kindOf.single)(named(component))}`;
  if (type === "dynamiczone") return `· ${kindOf.zone(components?.length ?? 0)}`;
  if (type === "enumeration") return `· ${kindOf.choices(values?.length ?? 0)}`;
  return type === "uid" && targetField ? kindOf.from(targetField) : "";
}
