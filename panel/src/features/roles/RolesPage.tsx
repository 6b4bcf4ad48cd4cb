// The list of roles, and a dialog to make one.
import { Anchor, Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useCan } from "@/app/me";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { type Column, DataTable } from "@/components/DataTable";
import { Dialog } from "@/components/Dialog";
import { FormProblem, required, useSave } from "@/components/form";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";
import { createRole, type Role, rolesQuery } from "./api";

const COLUMNS: Column<Role>[] = [
  {
    id: "name",
    header: texts.roles.name,
    value: ({ name }) => name.toLowerCase(),
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/settings/roles/${id}`} fw={600}>
        {name}
      </Anchor>
    ),
  },
  {
    id: "description",
    header: texts.roles.description,
    wide: true,
    cell: ({ description }) => <Text size="sm">{description}</Text>,
  },
  {
    id: "users",
    header: texts.roles.users,
    value: ({ usersCount }) => usersCount,
    cell: ({ usersCount }) => usersCount,
  },
];

export function RolesPage() {
  const roles = useQuery(rolesQuery);
  const can = useCan();
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <PageHeader title={texts.nav.roles} hint={texts.roles.hint}>
        {can("admin::roles.create") && (
          <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
            {texts.roles.add}
          </Button>
        )}
      </PageHeader>
      <QueryProblem query={roles} />
      <DataTable label={texts.nav.roles} rows={roles.data} columns={COLUMNS} idOf={({ id }) => id} empty={null} />
      <Dialog opened={opened} onClose={dialog.close} title={texts.roles.add}>
        <NewRole onClose={dialog.close} />
      </Dialog>
    </>
  );
}

function NewRole({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name: "", description: "" }, validate: { name: required } });
  const save = useSave(form, createRole, async ({ id }) => {
    await queries.invalidateQueries({ queryKey: ["roles"] });
    await navigate({ to: `/settings/roles/${id}` });
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={save.error} />
        <TextInput label={texts.roles.name} required data-autofocus {...form.getInputProps("name")} />
        <Textarea label={texts.roles.description} {...form.getInputProps("description")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {texts.roles.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
