// The list of admin tokens: one's own, or everybody's for a super admin.
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { nameOf } from "@/api/types";
import { useCan } from "@/app/me";
import { texts } from "@/app/texts";
import { DataTable, EmptyState } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";
import { type AdminToken, adminTokensQuery } from "./api";
import { tokenColumns } from "./columns";

const LIST = "/settings/admin-tokens";
const owner = {
  id: "owner",
  header: texts.adminTokens.owner,
  value: (token: AdminToken) => nameOf(token.adminUserOwner).toLowerCase(),
  cell: (token: AdminToken) => nameOf(token.adminUserOwner),
};
const COLUMNS = tokenColumns<AdminToken>(LIST, [owner]);

export function AdminTokensPage() {
  const tokens = useQuery(adminTokensQuery);
  const can = useCan();
  const add = can("admin::admin-tokens.create") && (
    <Button component={Link} to={`${LIST}/create`} leftSection={<IconPlus size={16} />}>
      {texts.adminTokens.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={texts.nav.adminTokens} hint={texts.adminTokens.hint}>
        {add}
      </PageHeader>
      <QueryProblem query={tokens} />
      {!tokens.isError && (
        <DataTable
          label={texts.nav.adminTokens}
          rows={tokens.data}
          columns={COLUMNS}
          idOf={({ id }) => id}
          empty={
            <EmptyState title={texts.adminTokens.none} hint={texts.adminTokens.noneHint}>
              {add}
            </EmptyState>
          }
        />
      )}
    </>
  );
}
