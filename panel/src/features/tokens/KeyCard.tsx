// The new key at the top of its page: shown once, ready to be copied, alone or inside what it is used in.
import { Alert, Stack, Tabs, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { texts } from "@/app/texts";
import { CopyField } from "@/components/CopyField";
import { LeaveGuard } from "@/components/LeaveGuard";
import { noteCopied, useRevealed } from "./revealed";
import type { Snippet } from "./snippets";

interface Props {
  place: string;
  snippets?: (key: string) => Snippet[];
}

export function KeyCard({ place, snippets }: Props) {
  const revealed = useRevealed(place);
  if (!revealed) return null;
  const { key, copied } = revealed;
  const ready = snippets?.(key) ?? [];
  return (
    <Alert color="green" icon={<IconKey size={20} />} title={texts.keys.title} mb="lg" data-testid="new-key">
      <Stack gap="sm">
        <Text size="sm">{texts.keys.once}</Text>
        <CopyField value={key} label={texts.keys.copy} onCopied={noteCopied} />
        {ready.length > 0 && (
          <Tabs defaultValue={ready[0]?.id} variant="outline">
            <Tabs.List>
              {ready.map(({ id, label }) => (
                <Tabs.Tab key={id} value={id}>
                  {label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {ready.map(({ id, label, text }) => (
              <Tabs.Panel key={id} value={id} pt="xs">
                <CopyField block value={text} label={texts.keys.copyAs(label)} onCopied={noteCopied} />
              </Tabs.Panel>
            ))}
          </Tabs>
        )}
      </Stack>
      <LeaveGuard when={!copied} title={texts.keys.leaveTitle} message={texts.keys.leave} />
    </Alert>
  );
}
