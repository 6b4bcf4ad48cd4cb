// One's own account: name, password, and where one is signed in.
import { Alert, Badge, Button, Card, Group, PasswordInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { endSession } from "@/api/session";
import { useMe } from "@/app/me";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { DataTable } from "@/components/DataTable";
import { FormProblem, required, useSave } from "@/components/form";
import { Moment } from "@/components/Moment";
import { tellDone } from "@/components/notices";
import { PageHeader } from "@/components/PageHeader";
import { endOtherSessions, endOwnSession, sessionsQuery } from "@/features/sessions/api";
import { NewPassword } from "@/features/sessions/NewPassword";
import { passwordFault } from "@/features/sessions/passwords";
import { changeMe } from "./api";

export function ProfilePage() {
  return (
    <>
      <PageHeader title={texts.nav.profile} />
      <Stack gap="lg">
        <Names />
        <Password />
        <Sessions />
      </Stack>
    </>
  );
}

function Names() {
  const me = useMe();
  const form = useForm({
    initialValues: { firstname: me.firstname ?? "", lastname: me.lastname ?? "", email: me.email },
    validate: { firstname: required, email: required },
  });
  const save = useSave(form, changeMe, async (_, values) => {
    form.resetDirty(values);
    await queries.invalidateQueries({ queryKey: ["me"] });
    tellDone(texts.common.saved);
  });
  return (
    <Card withBorder component="form" onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Section title={texts.profile.account} />
      <FormProblem error={save.error} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={texts.people.firstname}
          required
          autoComplete="given-name"
          {...form.getInputProps("firstname")}
        />
        <TextInput label={texts.people.lastname} autoComplete="family-name" {...form.getInputProps("lastname")} />
        <TextInput
          type="email"
          label={texts.people.email}
          required
          autoComplete="email"
          {...form.getInputProps("email")}
        />
      </SimpleGrid>
      <Group mt="md">
        <Button type="submit" loading={save.isPending}>
          {texts.common.save}
        </Button>
      </Group>
    </Card>
  );
}

function Password() {
  const form = useForm({
    initialValues: { currentPassword: "", password: "" },
    validate: { currentPassword: required, password: passwordFault },
  });
  const save = useSave(form, changeMe, endSession);
  return (
    <Card withBorder component="form" onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Section title={texts.profile.password} hint={texts.profile.passwordHint} />
      <FormProblem error={save.error} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <PasswordInput
          label={texts.profile.current}
          required
          autoComplete="current-password"
          {...form.getInputProps("currentPassword")}
        />
        <NewPassword label={texts.profile.next} required {...form.getInputProps("password")} />
      </SimpleGrid>
      <Group mt="md">
        <Button type="submit" loading={save.isPending}>
          {texts.profile.change}
        </Button>
      </Group>
    </Card>
  );
}

function Sessions() {
  const sessions = useQuery(sessionsQuery);
  const done = () => queries.invalidateQueries({ queryKey: ["sessions"] });
  const end = useMutation({ mutationFn: endOwnSession, onSuccess: done });
  const others = useMutation({ mutationFn: endOtherSessions, onSuccess: done });
  return (
    <section>
      <Group justify="space-between" align="flex-end" mb="sm">
        <Section title={texts.profile.sessions} hint={texts.profile.sessionsHint} />
        {(sessions.data?.length ?? 0) > 1 && (
          <Button variant="default" onClick={() => others.mutate()} loading={others.isPending}>
            {texts.profile.endOthers}
          </Button>
        )}
      </Group>
      <DataTable
        label={texts.profile.sessions}
        rows={sessions.data}
        idOf={({ id }) => id}
        empty={<Alert>{texts.profile.noSessions}</Alert>}
        columns={[
          {
            id: "device",
            header: texts.profile.device,
            cell: ({ deviceName, current }) => (
              <Group gap="xs">
                {deviceName ?? texts.profile.unknownDevice}
                {current && <Badge color="green">{texts.profile.thisOne}</Badge>}
              </Group>
            ),
          },
          { id: "active", header: texts.profile.active, cell: ({ lastActiveAt }) => <Moment at={lastActiveAt} /> },
          {
            id: "end",
            header: texts.common.actions,
            cell: ({ id, current }) =>
              !current && (
                <Button size="xs" variant="default" onClick={() => end.mutate(id)}>
                  {texts.profile.end}
                </Button>
              ),
          },
        ]}
      />
    </section>
  );
}

function Section({ title, hint }: { title: string; hint?: string }) {
  return (
    <div>
      <Text component="h2" fw={650} size="lg">
        {title}
      </Text>
      {hint && (
        <Text size="sm" c="dimmed" mb="sm">
          {hint}
        </Text>
      )}
    </div>
  );
}
