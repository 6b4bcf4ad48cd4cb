// Signing in with an address and a password.
import { Anchor, Button, Checkbox, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link, useSearch } from "@tanstack/react-router";
import { texts } from "@/app/texts";
import { FormProblem, useSave } from "@/components/form";
import { signIn } from "./api";
import { useEnter } from "./enter";
import { Heading } from "./Heading";

export function SignInPage() {
  const { redirectTo } = useSearch({ strict: false }) as { redirectTo?: string };
  const enter = useEnter(redirectTo);
  const form = useForm({ initialValues: { email: "", password: "", rememberMe: false } });
  const save = useSave(form, signIn, enter);
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <Heading title={texts.sessions.signIn} hint={texts.sessions.welcome} />
        <FormProblem error={save.error} />
        <TextInput
          type="email"
          label={texts.people.email}
          autoComplete="username"
          autoFocus
          required
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label={texts.people.password}
          autoComplete="current-password"
          required
          {...form.getInputProps("password")}
        />
        <Group justify="space-between">
          <Checkbox label={texts.sessions.remember} {...form.getInputProps("rememberMe", { type: "checkbox" })} />
          <Anchor component={Link} to="/auth/forgot-password" size="sm">
            {texts.sessions.forgotten}
          </Anchor>
        </Group>
        <Button type="submit" loading={save.isPending}>
          {texts.sessions.signIn}
        </Button>
      </Stack>
    </form>
  );
}
