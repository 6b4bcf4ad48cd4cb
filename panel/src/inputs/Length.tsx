// How long a text is, once it comes near to the most that it may be.
import { Text } from "@mantine/core";

const NEAR = 0.7;

export function Length({ value, most }: { value: string | null | undefined; most: number | undefined }) {
  const length = value?.length ?? 0;
  if (!most || length < most * NEAR) return null;
  return (
    <Text size="xs" c={length > most ? "var(--mantine-color-error)" : "dimmed"}>
      {length}/{most}
    </Text>
  );
}
