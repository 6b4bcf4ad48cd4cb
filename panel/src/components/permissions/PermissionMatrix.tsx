// Tabs of everything that can be granted, with checkboxes, a search and a summary; for tokens and for roles.
import { Badge, Card, Group, Stack, Tabs, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { texts } from "@/app/texts";
import { ContentTable } from "./ContentTable";
import { type Catalogue, type Item, TABS, type Tab } from "./catalogue";
import { PlainList } from "./PlainList";
import type { Selection } from "./selection";
import { summaryOf } from "./summary";

export interface MatrixProps {
  catalogue: Catalogue;
  selection: Selection;
  onChange: (selection: Selection) => void;
  ceiling?: Selection; // what the owner holds; without it everything can be granted
  onlyWithin?: boolean; // show nothing beyond the ceiling, as for somebody else's token
  reason?: string; // why what is beyond the ceiling cannot be ticked
  editsConditions?: boolean;
  readOnly?: boolean;
}

export function PermissionMatrix(props: MatrixProps) {
  const { catalogue, selection } = props;
  const [words, setWords] = useState("");
  const [searched] = useDebouncedValue(words.trim().toLowerCase(), 80);
  const shown = useMemo(() => itemsFor(props, searched), [props, searched]);
  const counts = useMemo(() => countsOf(selection, catalogue), [selection, catalogue]);
  const filled = TABS.filter((tab) => tab !== "singleTypes" || shown.some((item) => item.tab === tab));
  return (
    <Card withBorder p={0} style={{ overflow: "visible" }}>
      <Stack p="md" gap="xs">
        <Group justify="space-between" align="flex-start">
          <TextInput
            w={{ base: "100%", xs: 280 }}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            placeholder={texts.permissions.search}
            aria-label={texts.permissions.search}
            leftSection={<IconSearch size={16} />}
          />
        </Group>
        <Text size="sm" role="status" data-testid="summary">
          {summaryOf(selection, catalogue).join(" ")}
        </Text>
      </Stack>
      <Tabs defaultValue="collectionTypes" keepMounted={false}>
        <Tabs.List px="md">
          {filled.map((tab) => (
            <Tabs.Tab
              key={tab}
              value={tab}
              rightSection={<Count granted={counts[tab]} found={searched ? countIn(shown, tab) : null} />}
            >
              {texts.permissions.tabs[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {filled.map((tab) => (
          <Tabs.Panel key={tab} value={tab}>
            <Section {...props} items={shown.filter((item) => item.tab === tab)} searched={searched} tab={tab} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Card>
  );
}

export interface SectionProps extends MatrixProps {
  items: readonly Item[];
  tab: Tab;
  searched: string;
}

function Section(props: SectionProps) {
  if (props.items.length === 0) {
    return (
      <Text p="lg" c="dimmed" ta="center">
        {props.searched ? texts.permissions.noMatch(props.searched) : texts.permissions.emptyTab}
      </Text>
    );
  }
  return props.tab === "plugins" || props.tab === "settings" ? <PlainList {...props} /> : <ContentTable {...props} />;
}

function Count({ granted, found }: { granted: number; found: number | null }) {
  if (found !== null) return <Badge color="gray">{texts.permissions.found(found)}</Badge>;
  return granted > 0 ? <Badge>{granted}</Badge> : null;
}

function itemsFor({ catalogue, ceiling, onlyWithin }: MatrixProps, searched: string): Item[] {
  const all = [...catalogue.items.values()];
  const within = onlyWithin && ceiling ? all.filter((item) => ceiling.has(item.key)) : all;
  return searched ? within.filter((item) => matches(item, searched)) : within;
}

function matches(item: Item, searched: string): boolean {
  const told = [item.group, item.label, item.detail, item.action, ...(item.fields ?? [])].join(" ").toLowerCase();
  return searched.split(/\s+/).every((word) => told.includes(word));
}

function countsOf(selection: Selection, catalogue: Catalogue): Record<Tab, number> {
  const counts = { collectionTypes: 0, singleTypes: 0, plugins: 0, settings: 0 };
  for (const key of selection.keys()) {
    const item = catalogue.items.get(key);
    if (item) counts[item.tab] += 1;
  }
  return counts;
}

const countIn = (items: readonly Item[], tab: Tab): number => items.filter((item) => item.tab === tab).length;
