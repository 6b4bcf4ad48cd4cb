// The table of entries: ordered by the server, chosen by checkboxes.

import {
  Anchor,
  Badge,
  Card,
  Checkbox,
  Group,
  ScrollArea,
  Skeleton,
  Stack,
  Table,
  UnstyledButton,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSelector } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ContentType, Entry, View } from "@/api/content";
import type { Rights } from "@/app/content";
import { texts } from "@/app/texts";
import { StatusBadge } from "@/inputs/StatusBadge";
import { labelOf, nameOfEntry } from "@/inputs/words";
import { Cell } from "./Cell";
import { entryPlace, hasDrafts, inLocale, isLocalized } from "./places";
import { RowActions } from "./RowActions";

interface Props {
  type: ContentType;
  view: View;
  rights: Rights;
  entries: Entry[] | undefined; // undefined while they are loaded
  columns: string[];
  sort: string;
  locale: string | undefined;
  chosen: ReadonlySet<string>;
  isStale: boolean;
  onSort: (sort: string) => void;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

export function EntriesTable(props: Props) {
  const { type, view, entries, columns } = props;
  const label = type.info.displayName;
  if (!entries) return <Rows label={label} />;
  return (
    <Card withBorder p={0} style={{ opacity: props.isStale ? 0.6 : 1 }} aria-busy={props.isStale}>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}>
        <Table className="panel-table" highlightOnHover verticalSpacing="xs" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              {maySelect(props.rights) && <SelectAll {...props} entries={entries} />}
              {columns.map((name) => (
                <Head key={name} {...props} name={name} />
              ))}
              {hasDrafts(type) && <Table.Th>{texts.content.status}</Table.Th>}
              {isLocalized(type) && <Table.Th className="panel-wide">{texts.content.languages}</Table.Th>}
              <Table.Th>{texts.common.actions}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entries.map((entry) => (
              <Row key={entry.documentId} {...props} entry={entry} name={nameOfEntry(entry, view.settings.mainField)} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Card>
  );
}

const maySelect = ({ may }: Rights): boolean => may("publish") || may("delete");

function SelectAll({ entries, chosen, onChoose }: Props & { entries: Entry[] }) {
  const ids = entries.map(({ documentId }) => documentId);
  const here = ids.filter((id) => chosen.has(id));
  const all = ids.length > 0 && here.length === ids.length;
  return (
    <Table.Th w={44}>
      <Checkbox
        aria-label={texts.content.selectAll}
        checked={all}
        indeterminate={here.length > 0 && !all}
        onChange={() => onChoose(new Set(all ? [] : ids))}
      />
    </Table.Th>
  );
}

function Head({ view, sort, onSort, name }: Props & { name: string }) {
  const label = labelOf(name, view);
  const [field, direction] = sort.split(":");
  const isRelation = view.metadatas[name]?.list.mainField !== undefined;
  if (!view.metadatas[name]?.list.sortable || isRelation) return <Table.Th className={look(name)}>{label}</Table.Th>;
  const order = field === name ? (direction?.toUpperCase() === "DESC" ? "descending" : "ascending") : undefined;
  const Icon = order === "ascending" ? IconArrowUp : order === "descending" ? IconArrowDown : IconSelector;
  return (
    <Table.Th aria-sort={order} className={look(name)}>
      <UnstyledButton
        onClick={() => onSort(`${name}:${order === "ascending" ? "DESC" : "ASC"}`)}
        fz="inherit"
        fw="inherit"
      >
        <Group gap={4} wrap="nowrap">
          {label}
          <Icon size={14} aria-hidden />
        </Group>
      </UnstyledButton>
    </Table.Th>
  );
}

/** On phones the numbers of entries give their place to what people read. */
const look = (name: string): string | undefined => (name === "id" ? "panel-wide" : undefined);

function Row({
  type,
  view,
  rights,
  columns,
  locale,
  chosen,
  onChoose,
  entry,
  name,
}: Props & { entry: Entry; name: string }) {
  const to = entryPlace(type, entry.documentId);
  const isChosen = chosen.has(entry.documentId);
  const toggle = () => {
    const next = new Set(chosen);
    if (!next.delete(entry.documentId)) next.add(entry.documentId);
    onChoose(next);
  };
  const linked = columns.includes(view.settings.mainField) ? view.settings.mainField : columns[0];
  return (
    <Table.Tr bg={isChosen ? "var(--mantine-primary-color-light)" : undefined}>
      {maySelect(rights) && (
        <Table.Td>
          <Checkbox aria-label={texts.content.select(name)} checked={isChosen} onChange={toggle} />
        </Table.Td>
      )}
      {columns.map((column) => (
        <Table.Td key={column} maw={340} className={look(column)}>
          {column === linked ? (
            <Anchor component={Link} to={to} search={inLocale(locale)} fw={600} c="inherit" className="panel-cell">
              {column === view.settings.mainField ? name : <Cell type={type} view={view} entry={entry} name={column} />}
            </Anchor>
          ) : (
            <Cell type={type} view={view} entry={entry} name={column} />
          )}
        </Table.Td>
      ))}
      {hasDrafts(type) && <Table.Td>{entry.status && <StatusBadge status={entry.status} />}</Table.Td>}
      {isLocalized(type) && (
        <Table.Td className="panel-wide">
          <Group gap={4} wrap="nowrap">
            {codesOf(entry).map((code) => (
              <Badge key={code} color="gray" size="sm">
                {code}
              </Badge>
            ))}
          </Group>
        </Table.Td>
      )}
      <Table.Td>
        <RowActions type={type} rights={rights} entry={entry} name={name} locale={locale} />
      </Table.Td>
    </Table.Tr>
  );
}

function codesOf({ locale, localizations }: Entry): string[] {
  const others = (localizations ?? []).map((each) => each.locale);
  return [...new Set([...(locale ? [locale] : []), ...others])];
}

function Rows({ label }: { label: string }) {
  return (
    <Card withBorder aria-busy="true" aria-label={label}>
      <Stack role="status" aria-label={texts.common.loading}>
        {[1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} height={28} />
        ))}
      </Stack>
    </Card>
  );
}
