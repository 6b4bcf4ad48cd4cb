// The content types, with a search, below the content manager's place in the navigation.

import { Box, NavLink, Skeleton, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ContentType } from "@/api/content";
import { placeOf, schemaQuery, useManaged } from "@/app/content";
import { texts } from "@/app/texts";

const MANY = 6; // from so many types on a search is worth its place

export default function ContentNavigation({ path }: { path: string }) {
  const schema = useQuery(schemaQuery);
  const types = useManaged(schema.data?.contentTypes);
  const [words, setWords] = useState("");
  if (schema.isLoading) return <Skeleton height={64} my="xs" />;
  const found = types.filter(({ info }) => info.displayName.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <Box pl="sm" mb="xs">
      {types.length >= MANY && (
        <TextInput
          size="xs"
          my={6}
          aria-label={texts.content.findType}
          placeholder={texts.content.findType}
          leftSection={<IconSearch size={14} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <Types
        label={texts.content.collections}
        types={found}
        kind="collectionType"
        path={path}
        onChoose={() => setWords("")}
      />
      <Types label={texts.content.singles} types={found} kind="singleType" path={path} onChoose={() => setWords("")} />
      {found.length === 0 && types.length > 0 && (
        <Text size="sm" c="dimmed" px="sm" role="status">
          {texts.content.noType}
        </Text>
      )}
    </Box>
  );
}

interface TypesProps {
  label: string;
  types: ContentType[];
  kind: ContentType["kind"];
  path: string;
  onChoose: () => void;
}

function Types({ label, types, kind, path, onChoose }: TypesProps) {
  const shown = types.filter((type) => type.kind === kind);
  if (shown.length === 0) return null;
  return (
    <>
      <Text size="xs" c="dimmed" px="sm" pt={6} pb={2}>
        {label}
      </Text>
      {shown.map((type) => {
        const to = placeOf(type);
        const active = path === to || path.startsWith(`${to}/`);
        return (
          <NavLink
            key={type.uid}
            component={Link}
            to={to}
            onClick={onChoose}
            label={type.info.displayName}
            active={active}
            aria-current={active ? "page" : undefined}
            py={6}
            style={{ borderRadius: "var(--mantine-radius-md)" }}
          />
        );
      })}
    </>
  );
}
