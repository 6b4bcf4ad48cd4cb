// The product's name and sign.
import { Group, Text } from "@mantine/core";
import icon from "@/app/icon.svg?inline";

export function Logo() {
  return (
    <Group gap={8} wrap="nowrap">
      <img src={icon} alt="" width={24} height={24} />
      <Text fw={700} size="lg">
        Tessera
      </Text>
    </Group>
  );
}
