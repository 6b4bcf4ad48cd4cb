// Deleting a token and giving it a new key, each with a question that says what stops working.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconRefresh, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { tellDone } from "@/components/notices";
import type { Token } from "./api";
import { isInUse } from "./expiry";
import { reveal } from "./revealed";

interface RegenerateProps {
  token: Token;
  place: string;
  send: (id: number) => Promise<{ accessKey: string }>;
}

export function RegenerateButton({ token, place, send }: RegenerateProps) {
  const [opened, dialog] = useDisclosure(false);
  const regenerate = useMutation({
    mutationFn: () => send(token.id),
    onSuccess: ({ accessKey }) => {
      reveal(place, accessKey);
      dialog.close();
      window.scrollTo({ top: 0 });
    },
  });
  return (
    <>
      <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={dialog.open}>
        {texts.tokens.regenerate}
      </Button>
      <Confirm
        opened={opened}
        title={texts.tokens.regenerateTitle}
        action={texts.tokens.regenerate}
        pending={regenerate.isPending}
        onConfirm={() => regenerate.mutate()}
        onClose={dialog.close}
      >
        {texts.tokens.regenerateWarning(token.name)}
      </Confirm>
    </>
  );
}

interface DeleteProps {
  token: Token;
  list: string; // the page to go back to
  queryKey: string;
  send: (id: number) => Promise<unknown>;
}

export function DeleteButton({ token, list, queryKey, send }: DeleteProps) {
  const [opened, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => send(token.id),
    onSuccess: async () => {
      dialog.close();
      await navigate({ to: list, ignoreBlocker: true });
      await queries.invalidateQueries({ queryKey: [queryKey] });
      tellDone(texts.tokens.deleted(token.name));
    },
  });
  const inUse = isInUse(token);
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
        title={texts.tokens.deleteTitle(token.name)}
        action={texts.tokens.delete}
        typed={inUse ? token.name : undefined}
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={dialog.close}
      >
        {inUse ? texts.tokens.deleteInUse : texts.tokens.deleteWarning}
      </Confirm>
    </>
  );
}
