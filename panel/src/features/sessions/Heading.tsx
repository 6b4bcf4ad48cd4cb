// The title of a page outside, and one sentence.
import { Text, Title } from "@mantine/core";

export function Heading({ title, hint }: { title: string; hint?: string }) {
  return (
    <div>
      <Title order={1} size="h2">
        {title}
      </Title>
      {hint && (
        <Text c="dimmed" size="sm">
          {hint}
        </Text>
      )}
    </div>
  );
}
