// One webhook: where it goes, with which headers, and what it is told of.
import { ActionIcon, Button, Card, Checkbox, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useCan } from "@/app/me";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { FormProblem, required, useSave } from "@/components/form";
import { LeaveGuard } from "@/components/LeaveGuard";
import { tellDone } from "@/components/notices";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";
import { Waiting } from "@/routes/states";
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  EVENTS,
  type Webhook,
  type WebhookDraft,
  webhookQuery,
} from "./api";

const LIST = "/settings/webhooks";

interface Values {
  name: string;
  url: string;
  headers: { key: string; value: string }[];
  events: string[];
}

export function NewWebhookPage() {
  return <WebhookForm />;
}

export function WebhookPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const webhook = useQuery(webhookQuery(id));
  if (webhook.isError) return <QueryProblem query={webhook} />;
  return webhook.data ? <WebhookForm key={id} webhook={webhook.data} /> : <Waiting />;
}

function WebhookForm({ webhook }: { webhook?: Webhook }) {
  const can = useCan();
  const navigate = useNavigate();
  const readOnly = !can(webhook ? "admin::webhooks.update" : "admin::webhooks.create");
  const form = useForm<Values>({
    initialValues: valuesOf(webhook),
    validate: {
      name: required,
      url: required,
      events: (events) => (events.length === 0 ? texts.webhooks.eventsRequired : null),
    },
  });
  const send = (values: Values) =>
    webhook ? changeWebhook({ ...webhook, ...draftOf(values) }) : createWebhook(draftOf(values));
  const save = useSave(form, send, async ({ id }, values) => {
    form.resetDirty(values);
    await queries.invalidateQueries({ queryKey: ["webhooks"] });
    tellDone(texts.common.saved);
    if (!webhook) await navigate({ to: `${LIST}/${id}`, replace: true, ignoreBlocker: true });
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <PageHeader title={webhook?.name ?? texts.webhooks.create} back={{ to: LIST, label: texts.nav.webhooks }}>
        {webhook && can("admin::webhooks.delete") && <DeleteWebhook webhook={webhook} />}
        {!readOnly && (
          <Button type="submit" loading={save.isPending}>
            {texts.common.save}
          </Button>
        )}
      </PageHeader>
      <FormProblem error={save.error} />
      <Stack>
        <Card withBorder>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={texts.webhooks.name}
              required
              autoFocus={!webhook}
              readOnly={readOnly}
              {...form.getInputProps("name")}
            />
            <TextInput
              label={texts.webhooks.url}
              type="url"
              required
              readOnly={readOnly}
              placeholder="https://"
              {...form.getInputProps("url")}
            />
          </SimpleGrid>
        </Card>
        <Card withBorder>
          <Checkbox.Group label={texts.webhooks.events} required readOnly={readOnly} {...form.getInputProps("events")}>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} mt="xs" spacing="xs">
              {EVENTS.map((event) => (
                <Checkbox
                  key={event}
                  value={event}
                  label={texts.webhooks.eventNames[event as keyof typeof texts.webhooks.eventNames]}
                />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        </Card>
        <Card withBorder>
          <Text size="sm" fw={500} mb="xs">
            {texts.webhooks.headers}
          </Text>
          <Stack gap="xs">
            {form.values.headers.map((_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a header has no identity but its place
              <Group key={index} wrap="nowrap" align="flex-start">
                <TextInput
                  flex={1}
                  aria-label={texts.webhooks.headerName(index + 1)}
                  placeholder={texts.webhooks.headerKey}
                  readOnly={readOnly}
                  {...form.getInputProps(`headers.${index}.key`)}
                />
                <TextInput
                  flex={1}
                  aria-label={texts.webhooks.headerContent(index + 1)}
                  placeholder={texts.webhooks.headerValue}
                  readOnly={readOnly}
                  {...form.getInputProps(`headers.${index}.value`)}
                />
                <ActionIcon
                  size="lg"
                  aria-label={texts.webhooks.removeHeader(index + 1)}
                  onClick={() => form.removeListItem("headers", index)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Group>
            ))}
            {!readOnly && (
              <Group>
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconPlus size={14} />}
                  onClick={() => form.insertListItem("headers", { key: "", value: "" })}
                >
                  {texts.webhooks.addHeader}
                </Button>
              </Group>
            )}
          </Stack>
        </Card>
      </Stack>
      <LeaveGuard
        when={form.isDirty() && !save.isPending}
        title={texts.common.unsavedTitle}
        message={texts.common.unsaved}
      />
    </form>
  );
}

function DeleteWebhook({ webhook }: { webhook: Webhook }) {
  const [opened, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteWebhook(webhook.id),
    onSuccess: async () => {
      dialog.close();
      await navigate({ to: LIST, ignoreBlocker: true });
      await queries.invalidateQueries({ queryKey: ["webhooks"] });
    },
  });
  return (
    <>
      <Button
        variant="default"
        c="var(--mantine-color-error)"
        leftSection={<IconTrash size={16} />}
        onClick={dialog.open}
      >
        {texts.common.delete}
      </Button>
      <Confirm
        opened={opened}
        title={texts.webhooks.deleteTitle(webhook.name)}
        action={texts.common.delete}
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={dialog.close}
      >
        {texts.webhooks.deleteWarning}
      </Confirm>
    </>
  );
}

function valuesOf(webhook?: Webhook): Values {
  const headers = Object.entries(webhook?.headers ?? {}).map(([key, value]) => ({ key, value: String(value) }));
  return { name: webhook?.name ?? "", url: webhook?.url ?? "", headers, events: webhook?.events ?? [] };
}

function draftOf({ headers, ...rest }: Values): WebhookDraft {
  return {
    ...rest,
    headers: Object.fromEntries(headers.filter(({ key }) => key).map(({ key, value }) => [key, value])),
  };
}
