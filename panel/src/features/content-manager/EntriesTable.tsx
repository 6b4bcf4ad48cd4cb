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
  VisuallyHidden,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSelector } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
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
        <Table className="panel-table" highlightOnHover verticalSpacing="xs" horizontalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              {maySelect(props.rights) && <SelectAll {...props} entries={entries} />}
              {columns.map((name) => (
                <Fragment key={name}>
                  <Head {...props} name={name} />
                  {name === linkedColumn(props) && hasDrafts(type) && <Table.Th>{texts.content.status}</Table.Th>}
                </Fragment>
              ))}
              {isLocalized(type) && <Table.Th className="panel-wide">{texts.content.languages}</Table.Th>}
              <Table.Th w={44}>
                <VisuallyHidden>{texts.common.actions}</VisuallyHidden>
              </Table.Th>
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

function Head({ view, columns, sort, onSort, name }: Props & { name: string }) {
  const label = labelOf(name, view);
  const [field, direction] = sort.split(":");
  const isRelation = view.metadatas[name]?.list.mainField !== undefined;
  if (!view.metadatas[name]?.list.sortable || isRelation)
    return <Table.Th className={look(name, { columns, view })}>{label}</Table.Th>;
  const order = field === name ? (direction?.toUpperCase() === "DESC" ? "descending" : "ascending") : undefined;
  const Icon = order === "ascending" ? IconArrowUp : order === "descending" ? IconArrowDown : IconSelector;
  return (
    <Table.Th aria-sort={order} className={look(name, { columns, view })}>
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

/** Return the column that leads to the entries: what they are called, or else the first. */
function linkedColumn({ columns, view }: Pick<Props, "columns" | "view">): string | undefined {
  return columns.includes(view.settings.mainField) ? view.settings.mainField : columns[0];
}

/** On phones there is place for what entries are called. */
function look(name: string, props: Pick<Props, "columns" | "view">): string | undefined {
  return name === linkedColumn(props) ? undefined : "panel-wide";
}

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
  const linked = linkedColumn({ columns, view });
  return (
    <Table.Tr bg={isChosen ? "var(--mantine-color-default-hover)" : undefined}>
      {maySelect(rights) && (
        <Table.Td>
          <Checkbox aria-label={texts.content.select(name)} checked={isChosen} onChange={toggle} />
        </Table.Td>
      )}
      {columns.map((column) => (
        <Fragment key={column}>
          <Table.Td maw={340} className={look(column, { columns, view })}>
            {column === linked ? (
              <Anchor component={Link} to={to} search={inLocale(locale)} fw={600} c="inherit" className="panel-cell">
                {column === view.settings.mainField ? (
                  name
                ) : (
                  <Cell type={type} view={view} entry={entry} name={column} />
                )}
              </Anchor>
            ) : (
              <Cell type={type} view={view} entry={entry} name={column} />
            )}
          </Table.Td>
          {column === linked && hasDrafts(type) && (
            <Table.Td>{entry.status && <StatusBadge status={entry.status} />}</Table.Td>
          )}
        </Fragment>
      ))}
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
