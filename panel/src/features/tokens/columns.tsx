// The columns that every list of tokens has.
import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { texts } from "@/app/texts";
import type { Column } from "@/components/DataTable";
import { Moment } from "@/components/Moment";
import type { Token } from "./api";
import { Expiry } from "./expiry";

const FOREVER = "9999";

export function tokenColumns<T extends Token>(base: string, more: Column<T>[] = []): Column<T>[] {
  return [
    {
      id: "name",
      header: texts.tokens.name,
      value: ({ name }) => name.toLowerCase(),
      cell: ({ id, name }) => (
        <Anchor component={Link} to={`${base}/${id}`} fw={600} style={{ overflowWrap: "anywhere" }}>
          {name}
        </Anchor>
      ),
    },
    {
      id: "description",
      header: texts.tokens.description,
      wide: true,
      cell: ({ description }) => (
        <Text size="sm" lineClamp={2} maw={320}>
          {description}
        </Text>
      ),
    },
    ...more,
    {
      id: "createdAt",
      header: texts.tokens.created,
      wide: true,
      value: ({ createdAt }) => createdAt,
      cell: ({ createdAt }) => <Moment at={createdAt} />,
    },
    {
      id: "lastUsedAt",
      header: texts.tokens.lastUsed,
      wide: true,
      value: ({ lastUsedAt }) => lastUsedAt ?? "",
      cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} none={texts.tokens.never} />,
    },
    {
      id: "expiresAt",
      header: texts.tokens.expires,
      value: ({ expiresAt }) => expiresAt ?? FOREVER,
      cell: (token) => <Expiry token={token} />,
    },
  ];
}
