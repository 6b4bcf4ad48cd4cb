// The list of webhooks, with a switch each.
import { Anchor, Button, Switch, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCan } from "@/app/me";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { DataTable, EmptyState } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";
import { changeWebhook, type Webhook, webhooksQuery } from "./api";

const LIST = "/settings/webhooks";

export function WebhooksPage() {
  const webhooks = useQuery(webhooksQuery);
  const can = useCan();
  const add = can("admin::webhooks.create") && (
    <Button component={Link} to={`${LIST}/create`} leftSection={<IconPlus size={16} />}>
      {texts.webhooks.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={texts.nav.webhooks} hint={texts.webhooks.hint}>
        {add}
      </PageHeader>
      <QueryProblem query={webhooks} />
      <DataTable
        label={texts.nav.webhooks}
        rows={webhooks.data}
        idOf={({ id }) => id}
        empty={
          <EmptyState title={texts.webhooks.none} hint={texts.webhooks.noneHint}>
            {add}
          </EmptyState>
        }
        columns={[
          {
            id: "name",
            header: texts.webhooks.name,
            value: ({ name }) => name.toLowerCase(),
            cell: ({ id, name }) => (
              <Anchor component={Link} to={`${LIST}/${id}`} fw={600}>
                {name}
              </Anchor>
            ),
          },
          {
            id: "url",
            header: texts.webhooks.url,
            wide: true,
            cell: ({ url }) => (
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                {url}
              </Text>
            ),
          },
          {
            id: "enabled",
            header: texts.webhooks.enabled,
            cell: (webhook) => <Enabled webhook={webhook} readOnly={!can("admin::webhooks.update")} />,
          },
        ]}
      />
    </>
  );
}

/** A switch that moves at once, and back if the server refuses. */
function Enabled({ webhook, readOnly }: { webhook: Webhook; readOnly: boolean }) {
  const change = useMutation({
    mutationFn: (isEnabled: boolean) => changeWebhook({ ...webhook, isEnabled }),
    onSettled: () => queries.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  });
  const shown = change.isPending ? change.variables : webhook.isEnabled;
  return (
    <Switch
      aria-label={texts.webhooks.switch(webhook.name)}
      checked={shown}
      disabled={readOnly}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}
