// A table whose order stands in the address, so that a view can be linked; on phones the less needed columns go.
import { Card, Group, ScrollArea, Skeleton, Stack, Table, Text, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSelector } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import {
  type ColumnDef,
  createSortedRowModel,
  type Header,
  type RowData,
  rowSortingFeature,
  type SortingState,
  sortFns,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { texts } from "@/app/texts";

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns });
type Features = typeof features;

export interface Column<Row extends RowData> {
  id: string;
  header: string;
  value?: (row: Row) => string | number; // what the table is ordered by
  cell: (row: Row) => ReactNode;
  wide?: boolean; // not on phones
}

interface Props<Row extends RowData> {
  label: string;
  rows: Row[] | undefined; // undefined while they are loaded
  columns: readonly Column<Row>[];
  idOf: (row: Row) => string | number;
  empty: ReactNode;
}

const NONE: never[] = [];

export function DataTable<Row extends RowData>({ label, rows, columns, idOf, empty }: Props<Row>) {
  const [sorting, setSorting] = useSorting();
  const defined = useMemo(() => columns.map((column) => definition(column)), [columns]);
  const table = useTable({
    features,
    data: rows ?? NONE,
    columns: defined,
    getRowId: (row) => String(idOf(row)),
    state: { sorting },
    onSortingChange: (change) => setSorting(typeof change === "function" ? change(sorting) : change),
  });
  if (!rows) return <Rows label={label} />;
  if (rows.length === 0) return <Card withBorder>{empty}</Card>;
  const wide = new Set(columns.filter((column) => column.wide).map(({ id }) => id));
  const look = (id: string) => (wide.has(id) ? "panel-wide" : undefined);
  return (
    <Card withBorder p={0}>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}>
        <Table className="panel-table" highlightOnHover verticalSpacing="sm" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              {table.getHeaderGroups()[0]?.headers.map((header) => (
                <Table.Th key={header.id} className={look(header.id)} aria-sort={orderOf(header)}>
                  <Head header={header} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.getRowModel().rows.map((row) => (
              <Table.Tr key={row.id}>
                {row.getAllCells().map((cell) => (
                  <Table.Td key={cell.id} className={look(cell.column.id)}>
                    <table.FlexRender cell={cell} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Card>
  );
}

function definition<Row extends RowData>({ id, header, value, cell }: Column<Row>): ColumnDef<Features, Row> {
  return {
    id,
    header,
    accessorFn: value ?? (() => ""),
    cell: ({ row }) => cell(row.original),
    enableSorting: value !== undefined,
    sortFn: "alphanumeric",
  };
}

function Head<Row extends RowData>({ header }: { header: Header<Features, Row, unknown> }) {
  const words = String(header.column.columnDef.header);
  if (!header.column.getCanSort()) return words;
  const Icon = { asc: IconArrowUp, desc: IconArrowDown, none: IconSelector }[header.column.getIsSorted() || "none"];
  return (
    <UnstyledButton onClick={header.column.getToggleSortingHandler()} fz="inherit" fw="inherit">
      <Group gap={4} wrap="nowrap">
        {words}
        <Icon size={14} aria-hidden />
      </Group>
    </UnstyledButton>
  );
}

function orderOf<Row extends RowData>(header: Header<Features, Row, unknown>) {
  const order = header.column.getIsSorted();
  if (!order) return undefined;
  return order === "asc" ? "ascending" : "descending";
}

/** Return the order that the address names, and a way to change it there. */
function useSorting(): [SortingState, (sorting: SortingState) => void] {
  const { sort } = useSearch({ strict: false }) as { sort?: string };
  const navigate = useNavigate();
  const state = useMemo(() => (sort ? [{ id: sort.replace(/^-/, ""), desc: sort.startsWith("-") }] : []), [sort]);
  const change = (next: SortingState) => {
    const first = next[0];
    const named = first && (first.desc ? `-${first.id}` : first.id);
    void navigate({ to: ".", search: (before: object) => ({ ...before, sort: named }), replace: true });
  };
  return [state, change];
}

function Rows({ label }: { label: string }) {
  return (
    <Card withBorder aria-busy="true" aria-label={label}>
      <Stack role="status" aria-label={texts.common.loading}>
        {[1, 2, 3].map((row) => (
          <Skeleton key={row} height={28} />
        ))}
      </Stack>
    </Card>
  );
}

/** What to show instead of an empty table: what belongs here, and how to begin. */
export function EmptyState({ title, hint, children }: { title: string; hint: string; children?: ReactNode }) {
  return (
    <Stack align="center" py="xl" gap="xs" ta="center">
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" maw={460}>
        {hint}
      </Text>
      {children}
    </Stack>
  );
}
