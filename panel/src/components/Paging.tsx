// Going through the pages of a list.
import { Group, Pagination, Select } from "@mantine/core";
import type { Page } from "@/api/types";
import { texts } from "@/app/texts";

interface Props {
  state: { page: number; pageSize: number };
  total: Page<unknown>["pagination"];
  ask: (change: Record<string, string | undefined>) => void;
}

const SIZES = [10, 20, 50, 100];

export function Paging({ state, total, ask }: Props) {
  const sizes = [...new Set([...SIZES, state.pageSize])].sort((one, other) => one - other);
  if (total.total <= Math.min(...sizes)) return null;
  return (
    <Group justify="space-between" mt="md">
      <Select
        size="xs"
        w={130}
        aria-label={texts.content.perPage}
        data={sizes.map((size) => ({ value: String(size), label: texts.content.perPageChoice(size) }))}
        value={String(state.pageSize)}
        onChange={(pageSize) => ask({ pageSize: pageSize ?? undefined, page: undefined })}
      />
      {total.pageCount > 1 && (
        <Pagination
          size="sm"
          total={total.pageCount}
          value={state.page}
          onChange={(page) => ask({ page: page === 1 ? undefined : String(page) })}
          aria-label={texts.content.pages}
          getItemProps={(page) => ({ "aria-label": texts.content.page(page) })}
          getControlProps={(control) => ({
            "aria-label": control === "next" ? texts.content.nextPage : texts.content.previousPage,
          })}
        />
      )}
    </Group>
  );
}
