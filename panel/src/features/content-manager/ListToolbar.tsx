// Searching, filtering, the language and the columns of a list.
import { Button, Checkbox, Group, Pill, Popover, Select, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconColumns3, IconLanguage, IconSearch } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ContentType, View } from "@/api/content";
import { useCan } from "@/app/me";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { tellDone } from "@/components/notices";
import { labelOf } from "@/inputs/words";
import { changeView, viewsQuery } from "./api";
import type { Columns } from "./columns";
import { FilterButton, wordsOfFilter } from "./FilterButton";
import type { ListState, useListAddress } from "./listState";
import type { Languages } from "./locales";

interface Props {
  type: ContentType;
  view: View;
  state: ListState;
  address: ReturnType<typeof useListAddress>;
  languages: Languages;
  columns: Columns;
}

export function ListToolbar({ type, view, state, address, languages, columns }: Props) {
  const search = useDebouncedCallback((words: string) => address.ask({ _q: words || undefined, page: undefined }), 250);
  return (
    <Stack gap="xs" mb="md">
      <Group gap="xs">
        <TextInput
          key={state.words === "" ? "empty" : "asked"}
          defaultValue={state.words}
          onChange={(event) => search(event.currentTarget.value)}
          placeholder={texts.content.search}
          aria-label={texts.content.search}
          leftSection={<IconSearch size={16} />}
          style={{ flex: "1 1 200px", maxWidth: 360 }}
        />
        <FilterButton type={type} view={view} onAdd={(filter) => address.filter([...state.filters, filter])} />
        {languages.all.length > 0 && (
          <Select
            aria-label={texts.content.locale}
            leftSection={<IconLanguage size={16} />}
            w={190}
            data={languages.all.map(({ code, name }) => ({ value: code, label: name }))}
            value={languages.current ?? null}
            onChange={(locale) => address.ask({ locale: locale ?? undefined, page: undefined })}
          />
        )}
        <ColumnsButton type={type} view={view} columns={columns} />
      </Group>
      {state.filters.length > 0 && (
        <Group gap="xs">
          {state.filters.map((filter, index) => {
            const words = wordsOfFilter(filter, type, view);
            return (
              <Pill
                key={words}
                size="md"
                withRemoveButton
                removeButtonProps={{
                  "aria-label": texts.content.filterRemove(words),
                  "aria-hidden": false,
                  tabIndex: 0,
                }}
                onRemove={() => address.filter(state.filters.filter((_, each) => each !== index))}
              >
                {words}
              </Pill>
            );
          })}
        </Group>
      )}
    </Stack>
  );
}

function ColumnsButton({ type, view, columns }: Pick<Props, "type" | "view" | "columns">) {
  const can = useCan();
  const save = useMutation({
    mutationFn: () => changeView(type.uid, { ...view, layouts: { ...view.layouts, list: columns.shown } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: viewsQuery(type.uid).queryKey });
      columns.reset();
      tellDone(texts.content.columnsSaved);
    },
  });
  const toggle = (name: string) => {
    const rest = columns.shown.filter((each) => each !== name);
    columns.choose(rest.length < columns.shown.length ? rest : [...rest, name]);
  };
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} />}>
          {texts.content.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown mah={420} style={{ overflowY: "auto" }} aria-label={texts.content.columns}>
        <Stack gap="xs">
          {columns.all.map((name) => (
            <Checkbox
              key={name}
              label={labelOf(name, view)}
              checked={columns.shown.includes(name)}
              onChange={() => toggle(name)}
            />
          ))}
          {columns.isOwn && (
            <Button size="xs" variant="default" onClick={columns.reset}>
              {texts.content.columnsReset}
            </Button>
          )}
          {columns.isOwn && can("plugin::content-manager.collection-types.configure-view") && (
            <Button size="xs" variant="light" loading={save.isPending} onClick={() => save.mutate()}>
              {texts.content.columnsForAll}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
