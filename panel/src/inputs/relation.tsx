// What an entry is linked with: a picker that searches on the server, and the order of many.
import { Alert, Box, Button, Group, Loader, Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconLink } from "@tabler/icons-react";
import { keepPreviousData, type UseInfiniteQueryResult, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Linked } from "@/api/content";
import { readCandidates, readLinked } from "@/api/relations";
import { texts } from "@/app/texts";
import { wordsOf } from "@/components/notices";
import { Items, moved } from "./Items";
import { type InputProps, useOwner, usePlace } from "./input";
import { StatusBadge } from "./StatusBadge";
import { useSeen } from "./seen";
import type { RelationValue } from "./values";
import { nameOfLinked } from "./words";

type Props = InputProps<RelationValue>;

const NONE: RelationValue = { count: 0, connect: [], disconnect: [] };

export function RelationInput(props: Props) {
  const kind = props.attribute.relationType ?? "";
  if (kind.startsWith("morph")) return null; // Links to entries of any type are made by other means.
  return /ToOne$/.test(kind) || kind === "oneWay" ? <One {...props} /> : <Many {...props} />;
}

const same = (one: Linked, other: Linked): boolean =>
  one.documentId === other.documentId && (one.locale ?? null) === (other.locale ?? null);
const keyOf = ({ documentId, locale }: Linked): string => `${documentId}:${locale ?? ""}`;

/** Return what is saved, as far as it was asked for, and what it is with the changes of the form. */
function useLinked(props: Props) {
  const place = usePlace();
  const owner = useOwner();
  const { count, connect, disconnect, order } = props.value ?? NONE;
  const [isSeen, watch] = useSeen();
  const field = { uid: owner.model.uid, id: owner.row, name: props.name.split(".").at(-1) ?? "", locale: place.locale };
  const query = useInfiniteQuery({
    queryKey: ["content", owner.model.uid, "linked", field],
    queryFn: ({ pageParam }) => readLinked(field, pageParam),
    initialPageParam: 1,
    getNextPageParam: ({ pagination }) => (pagination.page < pagination.pageCount ? pagination.page + 1 : undefined),
    enabled: isSeen && count > 0 && field.id !== undefined,
  });
  const saved = (query.data?.pages ?? []).flatMap(({ results }) => results).reverse(); // the server tells the last first
  const kept = saved.filter((each) => !disconnect.some((gone) => same(gone, each)));
  const items = order ?? [...kept, ...connect.filter((each) => !kept.some((known) => same(known, each)))];
  const mainField = owner.view.metadatas[field.name]?.edit.mainField;
  const name = (linked: Linked) => nameOfLinked(linked, mainField);
  const isWaiting = query.isPending && count > 0 && field.id !== undefined;
  return { query, field, saved, items, name, watch, isWaiting, value: props.value ?? NONE };
}

function One(props: Props) {
  const { query, field, items, name, value, watch, isWaiting } = useLinked(props);
  return (
    <Box ref={watch}>
      <Picker
        props={props}
        field={field}
        name={name}
        isWaiting={isWaiting}
        current={items.at(-1)}
        onPick={(picked) => props.onChange({ ...value, order: picked ? [picked] : [] })}
      />
      <Unread query={query} />
    </Box>
  );
}

function Many(props: Props) {
  const { query, field, saved, items, name, value, watch, isWaiting } = useLinked(props);
  const remove = (gone: Linked) => {
    if (value.order) return props.onChange({ ...value, order: value.order.filter((each) => !same(each, gone)) });
    const isSaved = saved.some((each) => same(each, gone));
    props.onChange({
      ...value,
      connect: value.connect.filter((each) => !same(each, gone)),
      disconnect: isSaved ? [...value.disconnect, gone] : value.disconnect,
    });
  };
  const add = (picked: Linked | null) => {
    if (!picked || items.some((each) => same(each, picked))) return;
    if (value.order) return props.onChange({ ...value, order: [...value.order, picked] });
    const wasSaved = value.disconnect.some((each) => same(each, picked));
    props.onChange({
      ...value,
      connect: wasSaved ? value.connect : [...value.connect, picked],
      disconnect: value.disconnect.filter((each) => !same(each, picked)),
    });
  };
  return (
    <Box ref={watch}>
      <Picker props={props} field={field} name={name} isWaiting={isWaiting} onPick={add} listed={items} />
      <Unread query={query} />
      {query.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          mt="xs"
          loading={query.isFetching}
          onClick={() => void query.fetchNextPage()}
        >
          {texts.content.earlier(value.count - saved.length)}
        </Button>
      )}
      <Box mt="xs">
        <Items
          items={items.map((each) => ({ key: keyOf(each), label: name(each) }))}
          readOnly={props.readOnly}
          movable={!query.hasNextPage} // An order is the order of all.
          onMove={(from, to) => props.onChange({ ...value, order: moved(items, from, to) })}
          onRemove={(index) => items[index] && remove(items[index])}
        />
      </Box>
    </Box>
  );
}

interface PickerProps {
  props: Props;
  field: Parameters<typeof readCandidates>[0];
  name: (linked: Linked) => string;
  isWaiting: boolean; // for what is saved
  current?: Linked | undefined; // of a relation to one
  listed?: Linked[]; // of a relation to many
  onPick: (picked: Linked | null) => void;
}

function Picker({ props, field, name, isWaiting, current, listed, onPick }: PickerProps) {
  const [opened, setOpened] = useState(false);
  const number = countOf(props.value ?? NONE);
  const [typed, setTyped] = useState("");
  const shown = current ? name(current) : "";
  const [words] = useDebouncedValue(typed === shown ? "" : typed, 200);
  const candidates = useQuery({
    queryKey: ["content", field.uid, "candidates", field, words],
    queryFn: () => readCandidates(field, words),
    enabled: opened,
    placeholderData: keepPreviousData,
  });
  const found = (candidates.data?.results ?? []).filter((each) => !listed?.some((known) => same(known, each)));
  const known = current && !found.some((each) => same(each, current)) ? [current, ...found] : found;
  const pick = (key: string | null) => {
    onPick(known.find((each) => keyOf(each) === key) ?? null);
    if (listed) setTyped("");
  };
  return (
    <Select
      id={props.id}
      label={listed && number > 0 ? `${props.label} (${number})` : props.label}
      description={props.description}
      required={props.required}
      disabled={props.readOnly}
      readOnly={isWaiting}
      error={props.error}
      placeholder={
        isWaiting
          ? texts.common.loading
          : props.placeholder || (listed ? texts.content.addRelation : texts.content.chooseRelation)
      }
      leftSection={<IconLink size={16} />}
      rightSection={candidates.isFetching ? <Loader size={14} /> : undefined}
      searchable
      clearable={!listed && !props.required}
      clearButtonProps={{ "aria-label": texts.content.clear(props.label) }}
      data={known.map((each) => ({ value: keyOf(each), label: name(each) }))}
      value={current ? keyOf(current) : null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={pick}
      onDropdownOpen={() => setOpened(true)}
      filter={({ options }) => options}
      nothingFoundMessage={candidates.isFetching ? texts.common.loading : texts.content.nothingFound}
      renderOption={({ option }) => (
        <Choice label={option.label} linked={known.find((each) => keyOf(each) === option.value)} />
      )}
    />
  );
}

function countOf({ count, connect, disconnect, order }: RelationValue): number {
  return order ? order.length : count - disconnect.length + connect.length;
}

function Choice({ label, linked }: { label: string; linked: Linked | undefined }) {
  return (
    <Group justify="space-between" wrap="nowrap" w="100%">
      <Text size="sm" truncate>
        {label}
      </Text>
      {linked?.status && <StatusBadge status={linked.status} />}
    </Group>
  );
}

/** What is told when the saved links cannot be read; a picker that seems empty would tell a lie. */
function Unread({ query }: { query: UseInfiniteQueryResult }) {
  if (!query.isError) return null;
  return (
    <Alert color="red" mt="xs">
      {wordsOf(query.error)}
    </Alert>
  );
}
