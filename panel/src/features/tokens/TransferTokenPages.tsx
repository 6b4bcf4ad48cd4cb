// Transfer tokens: keys to move a whole project's content from one server to another.
import { Button, Card, Checkbox, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useCan } from "@/app/me";
import { texts } from "@/app/texts";
import { DataTable, EmptyState } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";
import { Waiting } from "@/routes/states";
import {
  changeTransferToken,
  createTransferToken,
  type Direction,
  deleteTransferToken,
  regenerateTransferToken,
  type TransferToken,
  transferTokenQuery,
  transferTokensQuery,
} from "./api";
import { tokenColumns } from "./columns";
import { type Kind, OtherTokenForm } from "./OtherTokenForm";

const LIST = "/settings/transfer-tokens";
const KIND: Kind = {
  name: "transfer-tokens",
  list: LIST,
  title: texts.nav.transferTokens,
  create: texts.transferTokens.create,
  remove: deleteTransferToken,
  regenerate: regenerateTransferToken,
};
const DIRECTIONS: readonly Direction[] = ["pull", "push"];
const COLUMNS = tokenColumns<TransferToken>(LIST);

export function TransferTokensPage() {
  const tokens = useQuery(transferTokensQuery);
  const can = useCan();
  const add = can("admin::transfer.tokens.create") && (
    <Button component={Link} to={`${LIST}/create`} leftSection={<IconPlus size={16} />}>
      {texts.transferTokens.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={texts.nav.transferTokens} hint={texts.transferTokens.hint}>
        {add}
      </PageHeader>
      <QueryProblem query={tokens} />
      <DataTable
        label={texts.nav.transferTokens}
        rows={tokens.data}
        columns={COLUMNS}
        idOf={({ id }) => id}
        empty={
          <EmptyState title={texts.transferTokens.none} hint={texts.transferTokens.noneHint}>
            {add}
          </EmptyState>
        }
      />
    </>
  );
}

export function NewTransferTokenPage() {
  return <TransferTokenForm />;
}

export function TransferTokenPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const token = useQuery(transferTokenQuery(id));
  if (token.isError) return <QueryProblem query={token} />;
  return token.data ? <TransferTokenForm key={id} token={token.data} /> : <Waiting />;
}

function TransferTokenForm({ token }: { token?: TransferToken }) {
  const can = useCan();
  const [permissions, setPermissions] = useState<Direction[]>(token?.permissions ?? ["pull"]);
  const may = {
    save: can(token ? "admin::transfer.tokens.update" : "admin::transfer.tokens.create"),
    remove: can("admin::transfer.tokens.delete"),
    regenerate: can("admin::transfer.tokens.regenerate"),
  };
  const fault = permissions.length === 0 ? texts.transferTokens.empty : null;
  return (
    <OtherTokenForm
      kind={KIND}
      token={token}
      dirty={token ? [...permissions].sort().join() !== [...token.permissions].sort().join() : false}
      may={may}
      fault={fault}
      create={(draft) => createTransferToken({ ...draft, permissions })}
      change={(id, draft) => changeTransferToken(id, { ...draft, permissions })}
    >
      <Card withBorder>
        <Checkbox.Group
          label={texts.transferTokens.directions}
          error={fault}
          value={permissions}
          onChange={(values) => setPermissions(values as Direction[])}
          readOnly={!may.save}
        >
          <Stack mt="xs" gap="xs">
            {DIRECTIONS.map((each) => (
              <Checkbox
                key={each}
                value={each}
                label={texts.transferTokens[each]}
                description={texts.transferTokens[`${each}Hint`]}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      </Card>
    </OtherTokenForm>
  );
}
