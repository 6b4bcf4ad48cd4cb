// Permissions that have no content type: those of plugins and of the settings, in groups.
import { Badge, Card, Checkbox, Group, MultiSelect, SimpleGrid, Stack } from "@mantine/core";
import { texts } from "@/app/texts";
import type { Item } from "./catalogue";
import { GrantBox } from "./GrantBox";
import type { SectionProps } from "./PermissionMatrix";
import { toggled, withCondition } from "./selection";

export function PlainList(props: SectionProps) {
  const names = [...new Set(props.items.map(({ group }) => group))];
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} p="md">
      {names.map((group) => (
        <PlainGroup key={group} {...props} group={group} items={props.items.filter((item) => item.group === group)} />
      ))}
    </SimpleGrid>
  );
}

function PlainGroup({ group, ...props }: SectionProps & { group: string }) {
  const { items, selection, ceiling, readOnly, onChange } = props;
  const open = items.filter((item) => !ceiling || ceiling.has(item.key));
  const granted = items.filter((item) => selection.has(item.key)).length;
  const full = open.length > 0 && granted === open.length;
  return (
    <Card withBorder padding="sm">
      <Stack gap={8}>
        <Checkbox
          fw={600}
          label={group}
          checked={full}
          indeterminate={granted > 0 && !full}
          disabled={readOnly || open.length === 0}
          onChange={() => onChange(toggled(selection, open, !full, ceiling))}
        />
        {items.map((item) => (
          <PlainItem key={item.key} item={item} {...props} />
        ))}
      </Stack>
    </Card>
  );
}

function PlainItem({ item, ...props }: SectionProps & { item: Item }) {
  const { selection, ceiling, reason, readOnly, onChange } = props;
  const beyond = ceiling !== undefined && !ceiling.has(item.key);
  const label =
    /^general$/i.test(item.detail) || item.detail.toLowerCase() === item.group.toLowerCase()
      ? item.label
      : `${item.detail}: ${item.label}`;
  return (
    <Group pl="md" gap="xs">
      <GrantBox
        name={`${item.group}: ${label}`}
        label={label}
        checked={selection.has(item.key)}
        reason={beyond ? (reason ?? texts.permissions.beyond) : undefined}
        disabled={readOnly}
        onToggle={(on) => onChange(toggled(selection, [item], on, ceiling))}
      />
      <Conditions item={item} {...props} />
    </Group>
  );
}

function Conditions({ item, ...props }: SectionProps & { item: Item }) {
  const { catalogue, selection, editsConditions, readOnly, onChange } = props;
  const held = selection.get(item.key);
  if (!held) return null;
  if (!editsConditions || readOnly) {
    const names = catalogue.conditions.filter(({ id }) => held.conditions.includes(id));
    return names.map(({ id, label }) => (
      <Badge key={id} color="yellow" title={texts.permissions.inherited}>
        {label}
      </Badge>
    ));
  }
  if (held.conditions.length === 0) return null;
  return (
    <MultiSelect
      size="xs"
      aria-label={texts.permissions.conditionsOf(item.label)}
      data={catalogue.conditions.map(({ id, label }) => ({ value: id, label }))}
      value={[...held.conditions]}
      onChange={(ids) => onChange(replaced(selection, item, ids))}
    />
  );
}

function replaced(selection: SectionProps["selection"], item: Item, ids: string[]) {
  const before = selection.get(item.key)?.conditions ?? [];
  const cleared = before.reduce((next, id) => withCondition(next, item, id, false), selection);
  return ids.reduce((next, id) => withCondition(next, item, id, true), cleared);
}
