// What to show when a list or an entry cannot be read.
import { Alert, Button, Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { texts } from "@/app/texts";
import { wordsOf } from "./notices";

export function QueryProblem({ query }: { query: UseQueryResult }) {
  if (!query.isError) return null;
  return (
    <Alert color="red" role="alert">
      <Stack align="flex-start">
        {wordsOf(query.error)}
        <Button size="xs" variant="default" onClick={() => void query.refetch()}>
          {texts.errors.again}
        </Button>
      </Stack>
    </Alert>
  );
}
