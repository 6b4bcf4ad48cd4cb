// The list of administrators, with search and filters that stand in the address, and the invitation.
import { Anchor, Badge, Button, Group, MultiSelect, Pagination, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { type Administrator, nameOf } from "@/api/types";
import { useCan } from "@/app/me";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { CopyField } from "@/components/CopyField";
import { type Column, DataTable, EmptyState } from "@/components/DataTable";
import { Dialog } from "@/components/Dialog";
import { FormProblem, required, useSave } from "@/components/form";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";
import { rolesQuery } from "@/features/roles/api";
import { inviteUser, usersQuery } from "./api";

const COLUMNS: Column<Administrator>[] = [
  {
    id: "name",
    header: texts.users.name,
    cell: (user) => (
      <Anchor component={Link} to={`/settings/users/${user.id}`} fw={600}>
        {nameOf(user)}
      </Anchor>
    ),
  },
  { id: "email", header: texts.people.email, wide: true, cell: ({ email }) => email },
  { id: "roles", header: texts.users.roles, cell: ({ roles }) => roles.map(({ name }) => name).join(", ") },
  { id: "state", header: texts.users.state, cell: (user) => <State user={user} /> },
];

function State({ user }: { user: Administrator }) {
  return user.isActive ? (
    <Badge color="green">{texts.users.active}</Badge>
  ) : (
    <Badge color="gray">{texts.users.inactive}</Badge>
  );
}

interface Asked {
  q?: string;
  page?: string;
  active?: string;
  invite?: string;
}

export function UsersPage() {
  const asked = useSearch({ strict: false }) as Asked;
  const navigate = useNavigate();
  const can = useCan();
  const ask = (change: Asked) =>
    navigate({ to: ".", search: (before: object) => ({ ...before, ...change }), replace: true });
  const page = Number(asked.page ?? 1) || 1;
  const users = useQuery(usersQuery({ words: asked.q ?? "", page, active: asked.active ?? "" }));
  const roles = useQuery({ ...rolesQuery, enabled: can("admin::roles.read") });
  const search = useDebouncedCallback((q: string) => void ask({ q: q || undefined, page: undefined } as Asked), 200);
  const choices = (roles.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <>
      <PageHeader title={texts.nav.users} hint={texts.users.hint}>
        {can("admin::users.create") && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => void ask({ invite: "true" })}>
            {texts.users.invite}
          </Button>
        )}
      </PageHeader>
      <Group mb="md">
        <TextInput
          defaultValue={asked.q ?? ""}
          onChange={(event) => search(event.currentTarget.value)}
          placeholder={texts.users.search}
          aria-label={texts.users.search}
          leftSection={<IconSearch size={16} />}
        />
        <Select
          aria-label={texts.users.state}
          value={asked.active ?? ""}
          data={[
            { value: "", label: texts.users.anyState },
            { value: "true", label: texts.users.active },
            { value: "false", label: texts.users.inactive },
          ]}
          onChange={(active) => void ask({ active: active || undefined, page: undefined } as Asked)}
        />
      </Group>
      <QueryProblem query={users} />
      <DataTable
        label={texts.nav.users}
        rows={users.data?.results}
        columns={COLUMNS}
        idOf={({ id }) => id}
        empty={<EmptyState title={texts.users.none} hint={texts.users.noneHint} />}
      />
      {(users.data?.pagination.pageCount ?? 0) > 1 && (
        <Pagination
          mt="md"
          total={users.data?.pagination.pageCount ?? 1}
          value={page}
          onChange={(next) => void ask({ page: String(next) })}
          getControlProps={(control) => ({ "aria-label": control })}
          getItemProps={(item) => ({ "aria-label": texts.users.page(item) })}
        />
      )}
      <Dialog
        opened={asked.invite === "true"}
        onClose={() => void ask({ invite: undefined } as unknown as Asked)}
        title={texts.users.invite}
      >
        <Invitation choices={choices} />
      </Dialog>
    </>
  );
}

function Invitation({ choices }: { choices: { value: string; label: string }[] }) {
  const [link, setLink] = useState<string>();
  const form = useForm({
    initialValues: { firstname: "", lastname: "", email: "", roles: [] as string[] },
    validate: {
      firstname: required,
      email: required,
      roles: (roles) => (roles.length === 0 ? texts.users.rolesRequired : null),
    },
  });
  const save = useSave(
    form,
    (values) => inviteUser({ ...values, roles: values.roles.map(Number) }),
    ({ registrationToken }) => {
      setLink(`${location.origin}/admin/auth/register?registrationToken=${registrationToken}`);
      void queries.invalidateQueries({ queryKey: ["users"] });
    },
  );
  if (link) {
    return (
      <Stack>
        <Text size="sm">{texts.users.linkHint}</Text>
        <CopyField value={link} label={texts.users.copyLink} />
      </Stack>
    );
  }
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={save.error} />
        <TextInput label={texts.people.firstname} required data-autofocus {...form.getInputProps("firstname")} />
        <TextInput label={texts.people.lastname} {...form.getInputProps("lastname")} />
        <TextInput type="email" label={texts.people.email} required {...form.getInputProps("email")} />
        <MultiSelect label={texts.users.roles} required searchable data={choices} {...form.getInputProps("roles")} />
        <Button type="submit" loading={save.isPending}>
          {texts.users.invite}
        </Button>
      </Stack>
    </form>
  );
}
