// A forgotten password: asking for a link, and choosing a new one with it.
import { Alert, Anchor, Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link, useSearch } from "@tanstack/react-router";
import { texts } from "@/app/texts";
import { FormProblem, required, useSave } from "@/components/form";
import { askForNewPassword, resetPassword } from "./api";
import { useEnter } from "./enter";
import { Heading } from "./Heading";
import { NewPassword } from "./NewPassword";
import { passwordFault } from "./passwords";

export function ForgottenPage() {
  const form = useForm({ initialValues: { email: "" }, validate: { email: required } });
  const save = useSave(form, ({ email }) => askForNewPassword(email));
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <Heading title={texts.sessions.recover} hint={texts.sessions.recoverHint} />
        <FormProblem error={save.error} />
        {save.isSuccess && (
          <Alert color="green" role="status">
            {texts.sessions.sent}
          </Alert>
        )}
        <TextInput
          type="email"
          label={texts.people.email}
          autoComplete="username"
          autoFocus
          required
          {...form.getInputProps("email")}
        />
        <Button type="submit" loading={save.isPending}>
          {texts.sessions.send}
        </Button>
        <Anchor component={Link} to="/auth/login" size="sm">
          {texts.sessions.toSignIn}
        </Anchor>
      </Stack>
    </form>
  );
}

export function ResetPage() {
  const { code } = useSearch({ strict: false }) as { code?: string };
  const enter = useEnter();
  const form = useForm({ initialValues: { password: "" }, validate: { password: passwordFault } });
  const save = useSave(form, ({ password }) => resetPassword(String(code ?? ""), password), enter);
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <Heading title={texts.sessions.reset} hint={texts.sessions.resetHint} />
        <FormProblem error={save.error} />
        <NewPassword required autoFocus {...form.getInputProps("password")} />
        <Button type="submit" loading={save.isPending}>
          {texts.sessions.resetSave}
        </Button>
        <Anchor component={Link} to="/auth/forgot-password" size="sm">
          {texts.sessions.another}
        </Anchor>
      </Stack>
    </form>
  );
}
