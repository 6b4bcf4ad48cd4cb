// What is shown while a page loads, when it fails, and when there is none.
import { Alert, Button, Center, Loader, Stack, Title } from "@mantine/core";
import { Link, useRouter } from "@tanstack/react-router";
import { texts } from "@/app/texts";
import { wordsOf } from "@/components/notices";

export function Waiting() {
  return (
    <Center mih={240}>
      <Loader aria-label={texts.common.loading} role="status" />
    </Center>
  );
}

export function Failure({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <Stack component="main" maw={520} m="xl" align="flex-start">
      <Title order={1} size="h2">
        {texts.errors.title}
      </Title>
      <Alert color="red" w="100%">
        {wordsOf(error)}
      </Alert>
      <Button onClick={() => router.invalidate()}>{texts.errors.again}</Button>
    </Stack>
  );
}

export function Missing() {
  return (
    <Stack component="main" maw={520} m="xl" align="flex-start">
      <Title order={1} size="h2">
        {texts.errors.noPage}
      </Title>
      <Button component={Link} to="/">
        {texts.errors.home}
      </Button>
    </Stack>
  );
}
