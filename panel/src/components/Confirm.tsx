// A question before something that cannot be undone; it says what will happen.
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { texts } from "@/app/texts";
import { Dialog } from "./Dialog";

interface Props {
  opened: boolean;
  title: string;
  children: ReactNode;
  action: string; // what the button says
  typed?: string | undefined; // what has to be typed first
  danger?: boolean;
  pending?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

export function Confirm({ opened, title, onClose, ...rest }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Question {...rest} onClose={onClose} />
    </Dialog>
  );
}

function Question({
  children,
  action,
  typed,
  danger = true,
  pending,
  onConfirm,
  onClose,
}: Omit<Props, "opened" | "title">) {
  const [words, setWords] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onConfirm();
      }}
    >
      <Stack>
        <Text component="div" size="sm">
          {children}
        </Text>
        {typed !== undefined && (
          <TextInput
            data-autofocus
            label={texts.common.typeToConfirm(typed)}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.common.cancel}
          </Button>
          <Button
            type="submit"
            color={danger ? "red.8" : "indigo"}
            loading={pending}
            disabled={typed !== undefined && words !== typed}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
