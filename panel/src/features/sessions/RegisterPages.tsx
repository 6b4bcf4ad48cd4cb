// Registering: the first administrator of a project, and whoever is invited.
import { Alert, Anchor, Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { texts } from "@/app/texts";
import { FormProblem, required, useSave } from "@/components/form";
import { Waiting } from "@/routes/states";
import { acceptInvitation, invitationQuery, registerFirst } from "./api";
import { useEnter } from "./enter";
import { Heading } from "./Heading";
import { NewPassword } from "./NewPassword";
import { passwordFault } from "./passwords";

interface Values {
  firstname: string;
  lastname: string;
  email: string;
  password: string;
}

interface Props {
  title: string;
  hint: string;
  start: Values;
  invited?: boolean;
  send: (values: Values) => Promise<void>;
}

export function FirstAdministratorPage() {
  const start = { firstname: "", lastname: "", email: "", password: "" };
  return (
    <RegistrationForm title={texts.sessions.first} hint={texts.sessions.firstHint} start={start} send={registerFirst} />
  );
}

export function InvitationPage() {
  const { registrationToken } = useSearch({ strict: false }) as { registrationToken?: string };
  const token = String(registrationToken ?? "");
  const invitation = useQuery(invitationQuery(token));
  if (invitation.isPending) return <Waiting />;
  if (invitation.isError) return <Spent />;
  const { email, firstname, lastname } = invitation.data;
  const start = { firstname: firstname ?? "", lastname: lastname ?? "", email, password: "" };
  const send = ({ email: _, ...names }: Values) => acceptInvitation(token, names);
  return (
    <RegistrationForm title={texts.sessions.join} hint={texts.sessions.joinHint} start={start} invited send={send} />
  );
}

function RegistrationForm({ title, hint, start, invited, send }: Props) {
  const enter = useEnter();
  const form = useForm({
    initialValues: start,
    validate: { firstname: required, email: required, password: passwordFault },
  });
  const save = useSave(form, send, enter);
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <Heading title={title} hint={hint} />
        <FormProblem error={save.error} />
        <TextInput
          label={texts.people.firstname}
          autoComplete="given-name"
          required
          autoFocus
          {...form.getInputProps("firstname")}
        />
        <TextInput label={texts.people.lastname} autoComplete="family-name" {...form.getInputProps("lastname")} />
        <TextInput
          type="email"
          label={texts.people.email}
          autoComplete="username"
          required
          readOnly={invited}
          {...form.getInputProps("email")}
        />
        <NewPassword required {...form.getInputProps("password")} />
        <Button type="submit" loading={save.isPending}>
          {texts.sessions.start}
        </Button>
      </Stack>
    </form>
  );
}

function Spent() {
  return (
    <Stack>
      <Heading title={texts.sessions.join} />
      <Alert color="yellow">{texts.sessions.spent}</Alert>
      <Anchor component={Link} to="/auth/login">
        {texts.sessions.toSignIn}
      </Anchor>
    </Stack>
  );
}
