// Searching, ordering, and how files are shown.
import { ActionIcon, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconLayoutGrid, IconList, IconSearch } from "@tabler/icons-react";
import type { Kind } from "@/api/files";
import { texts } from "@/app/texts";
import type { Library } from "./libraryState";

const SORTS = Object.entries(texts.media.sorts).map(([value, label]) => ({ value, label }));
const ANY = "any";

interface Props {
  library: Library;
  kinds: readonly Kind[]; // to choose from
}

export function Toolbar({ library: { state, ask }, kinds }: Props) {
  const search = useDebouncedCallback((words: string) => ask({ _q: words || undefined, page: undefined }), 250);
  const choices = kinds.map((kind) => ({ value: kind as string, label: texts.media.kinds[kind] }));
  return (
    <Group gap="xs" mb="md">
      <TextInput
        key={state.words === "" ? "empty" : "asked"}
        defaultValue={state.words}
        onChange={(event) => search(event.currentTarget.value)}
        placeholder={texts.media.search}
        aria-label={texts.media.search}
        leftSection={<IconSearch size={16} />}
        style={{ flex: "1 1 200px", maxWidth: 360 }}
      />
      {choices.length > 1 && (
        <Select
          aria-label={texts.media.kind}
          w={140}
          data={[{ value: ANY, label: texts.media.anyKind }, ...choices]}
          value={state.kind ?? ANY}
          onChange={(kind) => ask({ kind: kind === ANY ? undefined : (kind ?? undefined), page: undefined })}
        />
      )}
      <Select
        aria-label={texts.media.sort}
        w={150}
        data={SORTS}
        value={state.sort}
        onChange={(sort) => ask({ sort: sort ?? undefined, page: undefined })}
      />
      <Group gap={4} ml="auto" role="group" aria-label={texts.media.view}>
        <ActionIcon
          size="lg"
          variant={state.view === "grid" ? "light" : "subtle"}
          aria-label={texts.media.grid}
          aria-pressed={state.view === "grid"}
          onClick={() => ask({ view: undefined })}
        >
          <IconLayoutGrid size={18} />
        </ActionIcon>
        <ActionIcon
          size="lg"
          variant={state.view === "list" ? "light" : "subtle"}
          aria-label={texts.media.list}
          aria-pressed={state.view === "list"}
          onClick={() => ask({ view: "list" })}
        >
          <IconList size={18} />
        </ActionIcon>
      </Group>
    </Group>
  );
}
