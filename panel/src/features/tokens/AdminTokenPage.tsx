// One admin token: a new one, one's own, or another's as a super admin sees it.
import { Alert, Button, Group, Input, Menu, Text, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { nameOf, type Permission } from "@/api/types";
import { isSuperAdmin, useCan, useMe, useMyPermissions } from "@/app/me";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { FormProblem, required, useSave } from "@/components/form";
import { LeaveGuard } from "@/components/LeaveGuard";
import { tellDone } from "@/components/notices";
import { PageHeader } from "@/components/PageHeader";
import { catalogueQuery } from "@/components/permissions/catalogue";
import { PermissionMatrix } from "@/components/permissions/PermissionMatrix";
import { PRESETS, presetSelection } from "@/components/permissions/presets";
import { isSame, permissionsOf, type Selection, selectionOf } from "@/components/permissions/selection";
import { QueryProblem } from "@/components/QueryProblem";
import { Waiting } from "@/routes/states";
import {
  type AdminToken,
  adminTokenQuery,
  agentsQuery,
  changeAdminToken,
  createAdminToken,
  deleteAdminToken,
  ownerPermissionsQuery,
  regenerateAdminToken,
} from "./api";
import { KeyCard } from "./KeyCard";
import { reveal } from "./revealed";
import { adminSnippets } from "./snippets";
import { DeleteButton, RegenerateButton } from "./TokenActions";
import { lifespanOf, newToken, TokenFields, type TokenValues, valuesOf } from "./TokenFields";

const LIST = "/settings/admin-tokens";
const placeOf = (id: number): string => `admin-tokens/${id}`;

export function NewAdminTokenPage() {
  const held = useMyPermissions();
  return <TokenForm held={held} />;
}

export function AdminTokenPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const me = useMe();
  const mine = useMyPermissions();
  const token = useQuery(adminTokenQuery(id));
  const foreign = token.data !== undefined && token.data.adminUserOwner.id !== me.id;
  const theirs = useQuery({ ...ownerPermissionsQuery(id), enabled: foreign });
  if (token.isError) return <QueryProblem query={token} />;
  if (theirs.isError) return <QueryProblem query={theirs} />;
  const held = foreign ? theirs.data : mine;
  if (!token.data || !held) return <Waiting />;
  return <TokenForm key={id} token={token.data} held={held} foreign={foreign} />;
}

interface FormProps {
  token?: AdminToken;
  held: Permission[]; // by the owner
  foreign?: boolean;
}

function TokenForm({ token, held, foreign = false }: FormProps) {
  const can = useCan();
  const me = useMe();
  const { data: catalogue } = useSuspenseQuery(catalogueQuery);
  const { data: agents } = useQuery(agentsQuery);
  const ceiling = useMemo(() => selectionOf(held, catalogue), [held, catalogue]);
  const stored = useMemo(() => selectionOf(token?.adminPermissions ?? [], catalogue), [token, catalogue]);
  const [selection, setSelection] = useState<Selection>(stored);
  const [asked, setAsked] = useState(false); // whether one tried to save without a permission
  const form = useForm<TokenValues>({
    initialValues: token ? valuesOf(token) : newToken,
    validate: { name: required },
  });
  const save = useTokenSave(form, token, () => permissionsOf(selection, catalogue));
  const readOnly = token !== undefined && !(can("admin::admin-tokens.update") && (!foreign || isSuperAdmin(me)));
  const bare = asked && selection.size === 0;
  const submit = form.onSubmit((values) => {
    setAsked(true);
    if (token || selection.size > 0) save.mutate(values);
  });
  const dirty = form.isDirty() || !isSame(selection, stored);
  const replace = (next: Selection) => {
    save.reset();
    setSelection(next);
  };
  return (
    <form onSubmit={submit} noValidate>
      <PageHeader title={token?.name ?? texts.adminTokens.create} back={{ to: LIST, label: texts.nav.adminTokens }}>
        {token && can("admin::admin-tokens.delete") && (
          <DeleteButton token={token} list={LIST} queryKey="admin-tokens" send={deleteAdminToken} />
        )}
        {token && !foreign && can("admin::admin-tokens.regenerate") && (
          <RegenerateButton token={token} place={placeOf(token.id)} send={regenerateAdminToken} />
        )}
        {!readOnly && (
          <Button type="submit" loading={save.isPending}>
            {texts.common.save}
          </Button>
        )}
      </PageHeader>
      {token && (
        <KeyCard
          place={placeOf(token.id)}
          snippets={adminSnippets(location.origin, token.adminPermissions, agents?.enabled ? agents.path : undefined)}
        />
      )}
      <FormProblem error={save.error} />
      <TokenFields form={form} token={token} readOnly={readOnly}>
        {token && foreign && (
          <TextInput label={texts.adminTokens.owner} value={nameOf(token.adminUserOwner)} readOnly variant="filled" />
        )}
      </TokenFields>
      <Group justify="space-between" mb="xs">
        <div>
          <Text component="h2" fw={650} size="lg">
            {texts.adminTokens.permissions}
          </Text>
          <Text size="sm" c="dimmed">
            {foreign ? texts.adminTokens.scopeOf(nameOf(token?.adminUserOwner ?? me)) : texts.adminTokens.scope}
          </Text>
        </div>
        {!readOnly && <Presets onChoose={(preset) => replace(presetSelection(preset, catalogue, ceiling))} />}
      </Group>
      {bare && (
        <Input.Error mb="xs" role="alert">
          {texts.adminTokens.empty}
        </Input.Error>
      )}
      <PermissionMatrix
        catalogue={catalogue}
        selection={selection}
        onChange={replace}
        ceiling={ceiling}
        onlyWithin={foreign}
        readOnly={readOnly}
      />
      {readOnly && <Alert mt="md">{texts.adminTokens.readOnly}</Alert>}
      <LeaveGuard when={dirty && !save.isPending} title={texts.common.unsavedTitle} message={texts.common.unsaved} />
    </form>
  );
}

function Presets({ onChoose }: { onChoose: (preset: (typeof PRESETS)[number]) => void }) {
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} />}>
          {texts.presets.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {PRESETS.map((preset) => (
          <Menu.Item key={preset.id} onClick={() => onChoose(preset)}>
            <Text size="sm" fw={500}>
              {preset.label}
            </Text>
            <Text size="xs" c="dimmed">
              {preset.hint}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useTokenSave(form: UseFormReturnType<TokenValues>, token: AdminToken | undefined, chosen: () => Permission[]) {
  const navigate = useNavigate();
  return useSave(
    form,
    async (values) => {
      const { name, description } = values;
      const adminPermissions = chosen();
      if (token) return { id: (await changeAdminToken(token.id, { name, description, adminPermissions })).id };
      const made = await createAdminToken({ name, description, lifespan: lifespanOf(values), adminPermissions });
      reveal(placeOf(made.id), made.accessKey);
      return { id: made.id };
    },
    async ({ id }, values) => {
      form.resetDirty(values);
      await queries.invalidateQueries({ queryKey: ["admin-tokens"] });
      if (token) return tellDone(texts.common.saved);
      await navigate({ to: `${LIST}/${id}`, replace: true, ignoreBlocker: true });
    },
  );
}
