// The frame of the pages outside: a card in the middle.
import { Center, Paper, Stack } from "@mantine/core";
import { Outlet } from "@tanstack/react-router";
import { Logo } from "@/components/Logo";

export function Entrance() {
  return (
    <Center component="main" mih="100dvh" p="md" bg="var(--mantine-color-default-hover)">
      <Stack w="100%" maw={440} align="center">
        <Logo />
        <Paper withBorder shadow="sm" p={{ base: "lg", xs: "xl" }} w="100%">
          <Outlet />
        </Paper>
      </Stack>
    </Center>
  );
}
