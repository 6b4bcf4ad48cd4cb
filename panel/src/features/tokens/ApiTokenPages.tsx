// API tokens: keys to the Content API, for sites and apps.
import { Button, Card, Checkbox, Group, Radio, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useCan } from "@/app/me";
import { texts } from "@/app/texts";
import { CopyField } from "@/components/CopyField";
import { DataTable, EmptyState } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";
import { Waiting } from "@/routes/states";
import {
  type ApiToken,
  type ApiTokenType,
  apiTokenQuery,
  apiTokensQuery,
  changeApiToken,
  contentActionsQuery,
  createApiToken,
  deleteApiToken,
  regenerateApiToken,
} from "./api";
import { tokenColumns } from "./columns";
import { type Kind, OtherTokenForm } from "./OtherTokenForm";

const LIST = "/settings/api-tokens";
const KIND: Kind = {
  name: "api-tokens",
  list: LIST,
  title: texts.nav.apiTokens,
  create: texts.apiTokens.create,
  remove: deleteApiToken,
  regenerate: regenerateApiToken,
};
const TYPES: readonly ApiTokenType[] = ["read-only", "full-access", "custom"];
const type = {
  id: "type",
  header: texts.apiTokens.type,
  value: (token: ApiToken) => token.type,
  cell: (token: ApiToken) => texts.apiTokens.types[token.type],
  wide: true,
};
const COLUMNS = tokenColumns<ApiToken>(LIST, [type]);

export function ApiTokensPage() {
  const tokens = useQuery(apiTokensQuery);
  const can = useCan();
  const add = can("admin::api-tokens.create") && (
    <Button component={Link} to={`${LIST}/create`} leftSection={<IconPlus size={16} />}>
      {texts.apiTokens.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={texts.nav.apiTokens} hint={texts.apiTokens.hint}>
        {add}
      </PageHeader>
      <QueryProblem query={tokens} />
      <DataTable
        label={texts.nav.apiTokens}
        rows={tokens.data}
        columns={COLUMNS}
        idOf={({ id }) => id}
        empty={
          <EmptyState title={texts.apiTokens.none} hint={texts.apiTokens.noneHint}>
            {add}
          </EmptyState>
        }
      />
    </>
  );
}

export function NewApiTokenPage() {
  return <ApiTokenForm />;
}

export function ApiTokenPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const token = useQuery(apiTokenQuery(id));
  if (token.isError) return <QueryProblem query={token} />;
  return token.data ? <ApiTokenForm key={id} token={token.data} /> : <Waiting />;
}

function ApiTokenForm({ token }: { token?: ApiToken }) {
  const can = useCan();
  const [chosen, setChosen] = useState<ApiTokenType>(token?.type ?? "read-only");
  const [actions, setActions] = useState<readonly string[]>(token?.permissions ?? []);
  const permissions = chosen === "custom" ? [...actions] : null;
  const may = {
    save: can(token ? "admin::api-tokens.update" : "admin::api-tokens.create"),
    remove: can("admin::api-tokens.delete"),
    regenerate: can("admin::api-tokens.regenerate"),
  };
  const dirty = token
    ? chosen !== token.type || [...actions].sort().join() !== [...token.permissions].sort().join()
    : false;
  return (
    <OtherTokenForm
      kind={KIND}
      token={token}
      dirty={dirty}
      may={may}
      create={(draft) => createApiToken({ ...draft, type: chosen, permissions })}
      change={(id, draft) => changeApiToken(id, { ...draft, type: chosen, permissions })}
    >
      {token?.accessKey && (
        <Card withBorder mb="lg">
          <Text fw={500} size="sm" mb="xs">
            {texts.apiTokens.key}
          </Text>
          <CopyField value={token.accessKey} label={texts.keys.copy} />
        </Card>
      )}
      <Card withBorder>
        <Radio.Group
          label={texts.apiTokens.type}
          value={chosen}
          onChange={(value) => setChosen(value as ApiTokenType)}
          readOnly={!may.save}
        >
          <Group mt="xs" gap="lg">
            {TYPES.map((each) => (
              <Radio
                key={each}
                value={each}
                label={texts.apiTokens.types[each]}
                description={texts.apiTokens.typeHints[each]}
              />
            ))}
          </Group>
        </Radio.Group>
        {chosen === "custom" && <ContentActions actions={actions} onChange={setActions} readOnly={!may.save} />}
      </Card>
    </OtherTokenForm>
  );
}

interface ActionsProps {
  actions: readonly string[];
  onChange: (actions: readonly string[]) => void;
  readOnly: boolean;
}

function ContentActions({ actions, onChange, readOnly }: ActionsProps) {
  const known = useQuery(contentActionsQuery);
  const held = new Set(actions);
  const set = (ids: string[], on: boolean) =>
    onChange([...actions.filter((id) => !ids.includes(id)), ...(on ? ids : [])]);
  if (!known.data) return <Waiting />;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} mt="lg">
      {known.data.map(({ api, actions: all }) => {
        const ids = all.map(({ id }) => id);
        const count = ids.filter((id) => held.has(id)).length;
        return (
          <Card withBorder key={api} padding="sm">
            <Stack gap={6}>
              <Checkbox
                fw={600}
                label={api.replace(/^\w+::/, "")}
                disabled={readOnly}
                checked={count === ids.length}
                indeterminate={count > 0 && count < ids.length}
                onChange={() => set(ids, count < ids.length)}
              />
              {all.map(({ id, label }) => (
                <Checkbox
                  key={id}
                  pl="md"
                  label={label}
                  disabled={readOnly}
                  checked={held.has(id)}
                  onChange={(event) => set([id], event.currentTarget.checked)}
                />
              ))}
            </Stack>
          </Card>
        );
      })}
    </SimpleGrid>
  );
}
