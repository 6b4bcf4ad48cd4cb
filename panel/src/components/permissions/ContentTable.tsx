// Content types by actions; a type opens to its fields, locales and conditions in the same columns.
import { ActionIcon, Badge, Checkbox, Group, Table, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { texts } from "@/app/texts";
import { type Item, keyOf, type Subject } from "./catalogue";
import { GrantBox } from "./GrantBox";
import type { SectionProps } from "./PermissionMatrix";
import { amountOf, toggled, withCondition, withPart } from "./selection";

export function ContentTable(props: SectionProps) {
  const { catalogue, items, searched } = props;
  const uids = new Set(items.map((item) => item.subject));
  const subjects = catalogue.subjects.filter(({ uid }) => uids.has(uid));
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const flip = (uid: string) => setOpened((before) => symmetric(before, uid));
  const named = (subject: Subject) =>
    searched !== "" && subject.fields.some((field) => field.toLowerCase().includes(searched));
  return (
    <div className="panel-scroll">
      <Table className="panel-table panel-matrix" verticalSpacing={6} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.permissions.type}</Table.Th>
            {catalogue.actions.map(({ id, label }) => (
              <ActionHead key={id} id={id} label={label} {...props} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {subjects.map((subject) => (
            <SubjectRows
              key={subject.uid}
              subject={subject}
              opened={opened.has(subject.uid) || named(subject)}
              onOpen={() => flip(subject.uid)}
              {...props}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function ActionHead({ id, label, ...props }: SectionProps & { id: string; label: string }) {
  const { selection, items, ceiling, readOnly, onChange } = props;
  const column = items.filter((item) => item.action === id && (!ceiling || ceiling.has(item.key)));
  const full = column.length > 0 && column.every((item) => amountOf(selection, item, ceiling) === "all");
  const some = column.some((item) => selection.has(item.key));
  return (
    <Table.Th>
      <Checkbox
        size="xs"
        label={label}
        aria-label={texts.permissions.everywhere(label)}
        checked={full}
        indeterminate={some && !full}
        disabled={readOnly || column.length === 0}
        onChange={() => onChange(toggled(selection, column, !full, ceiling))}
      />
    </Table.Th>
  );
}

interface RowProps extends SectionProps {
  subject: Subject;
  opened: boolean;
  onOpen: () => void;
}

function SubjectRows({ subject, opened, onOpen, ...props }: RowProps) {
  const cells = props.catalogue.actions.map(({ id }) => props.catalogue.items.get(keyOf(id, subject.uid)));
  return (
    <Fragment>
      <Table.Tr>
        <Table.Th scope="row" fw={500}>
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              size="sm"
              onClick={onOpen}
              aria-expanded={opened}
              aria-label={texts.permissions.open(subject.label)}
            >
              {opened ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
            </ActionIcon>
            {subject.label}
          </Group>
        </Table.Th>
        {cells.map((item, index) => (
          <Table.Td key={item?.key ?? index}>{item && <ItemBox item={item} {...props} />}</Table.Td>
        ))}
      </Table.Tr>
      {opened && <Details subject={subject} cells={cells} {...props} />}
    </Fragment>
  );
}

function ItemBox({ item, ...props }: SectionProps & { item: Item }) {
  const { selection, ceiling, onlyWithin, reason, readOnly, onChange } = props;
  const amount = amountOf(selection, item, ceiling);
  const beyond = ceiling !== undefined && !ceiling.has(item.key);
  if (beyond && onlyWithin) return null;
  return (
    <GrantBox
      name={`${item.label}: ${item.group}`}
      checked={amount === "all"}
      indeterminate={amount === "some"}
      reason={beyond ? (reason ?? texts.permissions.beyond) : undefined}
      disabled={readOnly}
      onToggle={() => onChange(toggled(selection, [item], amount !== "all", ceiling))}
    />
  );
}

function Details({ subject, cells, ...props }: SectionProps & { subject: Subject; cells: (Item | undefined)[] }) {
  const parts = [
    ...subject.fields.map((value) => ({ part: "fields" as const, value })),
    ...subject.locales.map((value) => ({ part: "locales" as const, value })),
  ].filter(({ part, value }) => !props.onlyWithin || isWithin(part, value, cells, props));
  const conditions = props.catalogue.conditions.filter(
    ({ id }) => props.editsConditions || isInherited(id, cells, props),
  );
  return (
    <>
      {parts.map(({ part, value }, index) => (
        <Table.Tr key={`${part}.${value}`}>
          <Table.Th scope="row" fw={400} pl={44} className="panel-part">
            {part !== parts[index - 1]?.part && (
              <Badge size="xs" color="gray" mr={6}>
                {texts.permissions[part]}
              </Badge>
            )}
            <Text span size="sm">
              {value.split(".").join(" › ")}
            </Text>
          </Table.Th>
          {cells.map((item, at) => (
            <Table.Td key={item?.key ?? at}>
              {item?.[part] && <PartBox item={item} part={part} value={value} {...props} />}
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
      {conditions.map(({ id, label }) => (
        <Table.Tr key={id}>
          <Table.Th scope="row" fw={400} pl={44} className="panel-part">
            <Badge size="xs" color="yellow" mr={6}>
              {texts.permissions.condition}
            </Badge>
            <Text span size="sm">
              {label}
            </Text>
          </Table.Th>
          {cells.map((item, at) => (
            <Table.Td key={item?.key ?? at}>
              {item && <ConditionBox item={item} id={id} label={label} {...props} />}
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </>
  );
}

type PartProps = SectionProps & { item: Item; part: "fields" | "locales"; value: string };

function PartBox({ item, part, value, ...props }: PartProps) {
  const { selection, ceiling, onlyWithin, reason, readOnly, onChange } = props;
  const beyond = ceiling !== undefined && !ceiling.get(item.key)?.[part]?.has(value);
  if (beyond && onlyWithin) return null;
  return (
    <GrantBox
      size="xs"
      name={`${item.label}: ${item.group}, ${value}`}
      checked={selection.get(item.key)?.[part]?.has(value) ?? false}
      reason={beyond ? (reason ?? texts.permissions.beyond) : undefined}
      disabled={readOnly}
      onToggle={(on) => onChange(withPart(selection, item, part, value, on, ceiling))}
    />
  );
}

function ConditionBox({ item, id, label, ...props }: SectionProps & { item: Item; id: string; label: string }) {
  const { selection, ceiling, editsConditions, readOnly, onChange } = props;
  const source = editsConditions ? selection : (ceiling ?? selection);
  const held = source.get(item.key);
  if (!held) return null;
  return (
    <GrantBox
      size="xs"
      name={`${item.label}: ${item.group}, ${label}`}
      checked={held.conditions.includes(id)}
      reason={editsConditions ? undefined : texts.permissions.inherited}
      disabled={readOnly}
      onToggle={(on) => onChange(withCondition(selection, item, id, on))}
    />
  );
}

function isInherited(id: string, cells: (Item | undefined)[], { ceiling, selection }: SectionProps): boolean {
  return cells.some((item) => item && (ceiling ?? selection).get(item.key)?.conditions.includes(id));
}

function symmetric(values: ReadonlySet<string>, value: string): ReadonlySet<string> {
  const next = new Set(values);
  if (!next.delete(value)) next.add(value);
  return next;
}

function isWithin(part: "fields" | "locales", value: string, cells: (Item | undefined)[], { ceiling }: SectionProps) {
  return cells.some((item) => item && (!ceiling || ceiling.get(item.key)?.[part]?.has(value)));
}
