// One role: its name, what it holds, and what that means for tokens before it is saved.
import { Alert, Button, Card, List, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { client, data } from "@/api/client";
import type { Administrator, Page, Permission } from "@/api/types";
import { useCan } from "@/app/me";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { FormProblem, required, useSave } from "@/components/form";
import { LeaveGuard } from "@/components/LeaveGuard";
import { tellDone } from "@/components/notices";
import { PageHeader } from "@/components/PageHeader";
import { catalogueQuery } from "@/components/permissions/catalogue";
import { PermissionMatrix } from "@/components/permissions/PermissionMatrix";
import { isSame, lost, permissionsOf, type Selection, selectionOf } from "@/components/permissions/selection";
import { QueryProblem } from "@/components/QueryProblem";
import { Waiting } from "@/routes/states";
import { changeRole, deleteRole, type Role, rolePermissionsQuery, rolesQuery, setPermissions } from "./api";
import { type BoundToken, type Loss, lossesOf } from "./consequences";

const LIST = "/settings/roles";
const SUPER_ADMIN = "strapi-super-admin";

export function RolePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const roles = useQuery(rolesQuery);
  const held = useQuery(rolePermissionsQuery(id));
  if (roles.isError) return <QueryProblem query={roles} />;
  if (held.isError) return <QueryProblem query={held} />;
  const role = roles.data?.find((each) => String(each.id) === id);
  if (!role || !held.data) return <Waiting />;
  return <RoleForm key={id} role={role} held={held.data} />;
}

function RoleForm({ role, held }: { role: Role; held: Permission[] }) {
  const can = useCan();
  const { data: catalogue } = useSuspenseQuery(catalogueQuery);
  const stored = useMemo(() => selectionOf(held, catalogue), [held, catalogue]);
  const [selection, setSelection] = useState<Selection>(stored);
  const [losses, setLosses] = useState<Loss[]>([]);
  const fixed = role.code === SUPER_ADMIN; // holds everything, always
  const readOnly = fixed || !can("admin::roles.update");
  const form = useForm({
    initialValues: { name: role.name, description: role.description ?? "" },
    validate: { name: required },
  });
  const changed = !isSame(selection, stored);
  const save = useSave(
    form,
    async (values) => {
      if (form.isDirty()) await changeRole(role.id, values);
      if (changed) await setPermissions(role.id, permissionsOf(selection, catalogue));
    },
    async (_, values) => {
      setLosses([]);
      form.resetDirty(values);
      await queries.invalidateQueries();
      tellDone(texts.common.saved);
    },
  );
  const foresee = useMutation({
    mutationFn: () =>
      lossesIn(role, changed ? lost(stored, selection) : [], catalogue, can("admin::admin-tokens.read")),
    onSuccess: (found) => (found.length > 0 ? setLosses(found) : save.mutate(form.values)),
  });
  const submit = form.onSubmit(() => foresee.mutate());
  return (
    <form onSubmit={submit} noValidate>
      <PageHeader
        title={role.name}
        hint={texts.roles.count(role.usersCount)}
        back={{ to: LIST, label: texts.nav.roles }}
      >
        {!fixed && can("admin::roles.delete") && <DeleteRole role={role} />}
        {!readOnly && (
          <Button type="submit" loading={save.isPending || foresee.isPending}>
            {texts.common.save}
          </Button>
        )}
      </PageHeader>
      <FormProblem error={save.error} />
      <Card withBorder mb="lg">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={texts.roles.name} required readOnly={readOnly} {...form.getInputProps("name")} />
          <Textarea
            label={texts.roles.description}
            readOnly={readOnly}
            autosize
            minRows={1}
            {...form.getInputProps("description")}
          />
        </SimpleGrid>
      </Card>
      <Text component="h2" fw={650} size="lg" mb="xs">
        {texts.roles.permissions}
      </Text>
      {fixed && <Alert mb="md">{texts.roles.fixed}</Alert>}
      <PermissionMatrix
        catalogue={catalogue}
        selection={selection}
        onChange={setSelection}
        editsConditions
        readOnly={readOnly}
      />
      <LeaveGuard
        when={(changed || form.isDirty()) && !save.isPending}
        title={texts.common.unsavedTitle}
        message={texts.common.unsaved}
      />
      <Confirm
        opened={losses.length > 0}
        title={texts.roles.lossTitle}
        action={texts.roles.saveAnyway}
        pending={save.isPending}
        onConfirm={() => save.mutate(form.values)}
        onClose={() => setLosses([])}
      >
        <Stack gap="xs">
          {texts.roles.loss}
          <List size="sm">
            {losses.map(({ token, labels }) => (
              <List.Item key={token}>
                <b>{token}</b>: {labels.join(", ")}
              </List.Item>
            ))}
          </List>
        </Stack>
      </Confirm>
    </form>
  );
}

function DeleteRole({ role }: { role: Role }) {
  const [opened, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteRole(role.id),
    onSuccess: async () => {
      dialog.close();
      await navigate({ to: LIST, ignoreBlocker: true });
      await queries.invalidateQueries({ queryKey: ["roles"] });
    },
  });
  const used = role.usersCount > 0;
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
        title={texts.roles.deleteTitle(role.name)}
        action={texts.common.delete}
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={dialog.close}
      >
        {used ? texts.roles.deleteUsed(role.usersCount) : texts.roles.deleteWarning}
      </Confirm>
    </>
  );
}

async function lossesIn(
  role: Role,
  gone: string[],
  catalogue: Parameters<typeof lossesOf>[3],
  mayRead: boolean,
): Promise<Loss[]> {
  if (gone.length === 0 || role.usersCount === 0 || !mayRead) return [];
  const query = { pageSize: 100 };
  const [tokens, owners] = await Promise.all([
    data<BoundToken[]>(client.GET("/admin/admin-tokens")),
    data<Page<Administrator>>(client.GET("/admin/users", { params: { query: query as never } })),
  ]);
  const people = owners.results.filter((user) => user.roles.some(({ id }) => id === role.id));
  return lossesOf(gone, tokens, new Set(people.map(({ id }) => id)), catalogue);
}
