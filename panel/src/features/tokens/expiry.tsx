// When a token ends, with a warning while there is time to replace it.
import { Badge, Group } from "@mantine/core";
import { texts } from "@/app/texts";
import { Moment } from "@/components/Moment";
import type { Token } from "./api";

const SOON = 7 * 86_400_000;
const DAY = 86_400_000;

export function Expiry({ token }: { token: Token }) {
  if (!token.expiresAt) return <>{texts.tokens.unlimited}</>;
  const left = Date.parse(token.expiresAt) - Date.now();
  if (left <= 0) return <Badge color="red">{texts.tokens.expired}</Badge>;
  return (
    <Group gap={6} wrap="nowrap">
      <Moment at={token.expiresAt} />
      {left < SOON && <Badge color="orange">{texts.tokens.soon}</Badge>}
    </Group>
  );
}

/** Whether somebody may still be using a token, so that deleting it wants a second thought. */
export function isInUse(token: Token, now = Date.now()): boolean {
  return token.lastUsedAt !== null && now - Date.parse(token.lastUsedAt) < 7 * DAY;
}
