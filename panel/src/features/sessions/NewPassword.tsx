// A field for a new password with its rules, which tick themselves off as one types.
import { Group, List, PasswordInput, type PasswordInputProps, Stack, Text } from "@mantine/core";
import { IconCheck, IconPoint } from "@tabler/icons-react";
import { texts } from "@/app/texts";
import { PASSWORD_RULES } from "./passwords";

export function NewPassword(props: PasswordInputProps & { value?: string }) {
  const typed = props.value ?? "";
  return (
    <Stack gap={6}>
      <PasswordInput label={texts.people.password} autoComplete="new-password" {...props} />
      <List listStyleType="none" size="sm" aria-label={texts.passwords.rules} spacing={2}>
        {PASSWORD_RULES.map(({ label, holds }) => (
          <List.Item key={label}>
            <Group gap={6} wrap="nowrap">
              {holds(typed) && typed ? (
                <IconCheck size={14} color="var(--mantine-color-green-light-color)" aria-label={texts.passwords.kept} />
              ) : (
                <IconPoint size={14} aria-hidden />
              )}
              <Text size="sm" c="dimmed">
                {label}
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
