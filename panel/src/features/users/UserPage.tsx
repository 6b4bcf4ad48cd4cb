// One administrator: name, roles, and whether it may sign in, with the tokens that stop when it may not.
import { Alert, Button, Card, List, MultiSelect, SimpleGrid, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { client, data } from "@/api/client";
import { type Administrator, nameOf } from "@/api/types";
import { useCan, useMe } from "@/app/me";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { FormProblem, required, useSave } from "@/components/form";
import { LeaveGuard } from "@/components/LeaveGuard";
import { tellDone } from "@/components/notices";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";
import { rolesQuery } from "@/features/roles/api";
import { Waiting } from "@/routes/states";
import { changeUser, deleteUser, userQuery } from "./api";

const LIST = "/settings/users";

interface OwnedToken {
  id: number;
  name: string;
  adminUserOwner: { id: number };
}

export function UserPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const user = useQuery(userQuery(id));
  if (user.isError) return <QueryProblem query={user} />;
  return user.data ? <UserForm key={id} user={user.data} /> : <Waiting />;
}

function UserForm({ user }: { user: Administrator }) {
  const can = useCan();
  const own = useMe().id === user.id;
  const roles = useQuery({ ...rolesQuery, enabled: can("admin::roles.read") });
  const tokens = useTokensOf(user);
  const readOnly = !can("admin::users.update");
  const form = useForm({
    initialValues: {
      firstname: user.firstname ?? "",
      lastname: user.lastname ?? "",
      email: user.email,
      isActive: user.isActive,
      roles: user.roles.map(({ id }) => String(id)),
    },
    validate: {
      firstname: required,
      email: required,
      roles: (chosen) => (chosen.length === 0 ? texts.users.rolesRequired : null),
    },
  });
  const save = useSave(
    form,
    (values) => changeUser(user.id, { ...values, roles: values.roles.map(Number) }),
    async (_, values) => {
      form.resetDirty(values);
      await queries.invalidateQueries();
      tellDone(texts.common.saved);
    },
  );
  const choices = (roles.data ?? user.roles).map(({ id, name }) => ({ value: String(id), label: name }));
  const stopped = user.isActive && !form.values.isActive && tokens.length > 0;
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <PageHeader title={nameOf(user)} back={{ to: LIST, label: texts.nav.users }}>
        {!own && can("admin::users.delete") && <DeleteUser user={user} tokens={tokens} />}
        {!readOnly && (
          <Button type="submit" loading={save.isPending}>
            {texts.common.save}
          </Button>
        )}
      </PageHeader>
      <FormProblem error={save.error} />
      <Card withBorder>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={texts.people.firstname} required readOnly={readOnly} {...form.getInputProps("firstname")} />
          <TextInput label={texts.people.lastname} readOnly={readOnly} {...form.getInputProps("lastname")} />
          <TextInput
            type="email"
            label={texts.people.email}
            required
            readOnly={readOnly}
            {...form.getInputProps("email")}
          />
          <MultiSelect
            label={texts.users.roles}
            required
            searchable
            readOnly={readOnly}
            data={choices}
            {...form.getInputProps("roles")}
          />
          <Switch
            label={texts.users.mayEnter}
            description={texts.users.mayEnterHint}
            disabled={readOnly || own}
            {...form.getInputProps("isActive", { type: "checkbox" })}
          />
        </SimpleGrid>
        {stopped && (
          <Alert color="orange" mt="md" title={texts.users.stops}>
            <TokenNames tokens={tokens} />
          </Alert>
        )}
      </Card>
      <LeaveGuard
        when={form.isDirty() && !save.isPending}
        title={texts.common.unsavedTitle}
        message={texts.common.unsaved}
      />
    </form>
  );
}

function DeleteUser({ user, tokens }: { user: Administrator; tokens: OwnedToken[] }) {
  const [opened, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteUser(user.id),
    onSuccess: async () => {
      dialog.close();
      await navigate({ to: LIST, ignoreBlocker: true });
      await queries.invalidateQueries();
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
        title={texts.users.deleteTitle(nameOf(user))}
        action={texts.common.delete}
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={dialog.close}
      >
        {tokens.length > 0 ? texts.users.deleteTokens : texts.users.deleteWarning}
        <TokenNames tokens={tokens} />
      </Confirm>
    </>
  );
}

function TokenNames({ tokens }: { tokens: OwnedToken[] }) {
  return (
    <List size="sm">
      {tokens.map(({ id, name }) => (
        <List.Item key={id}>{name}</List.Item>
      ))}
    </List>
  );
}

/** Return the admin tokens of somebody, as far as they can be seen. */
function useTokensOf(user: Administrator): OwnedToken[] {
  const can = useCan();
  const tokens = useQuery({
    queryKey: ["admin-tokens"],
    queryFn: () => data<OwnedToken[]>(client.GET("/admin/admin-tokens")),
    enabled: can("admin::admin-tokens.read"),
  });
  return (tokens.data ?? []).filter(({ adminUserOwner }) => adminUserOwner.id === user.id);
}
