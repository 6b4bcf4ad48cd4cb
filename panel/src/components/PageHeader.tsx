// The head of a page: where one is, what it is for, and what one can do.
import { Anchor, Box, Group, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { texts } from "@/app/texts";

interface Props {
  title: string;
  hint?: ReactNode;
  back?: { to: string; label: string };
  children?: ReactNode; // buttons
}

export function PageHeader({ title, hint, back, children }: Props) {
  useDocumentTitle(`${title} · ${texts.product}`);
  return (
    <>
      <Box className="panel-head">
        {back && (
          <Anchor component={Link} to={back.to} size="sm">
            <Group gap={4} component="span">
              <IconArrowLeft size={14} />
              {back.label}
            </Group>
          </Anchor>
        )}
        <Group justify="space-between" align="flex-start">
          <Title order={1} size="h2" maw={720} style={{ overflowWrap: "anywhere" }}>
            {title}
          </Title>
          <Group gap="sm">{children}</Group>
        </Group>
      </Box>
      {hint && (
        <Text c="dimmed" mt="calc(-1 * var(--mantine-spacing-sm))" mb="lg" maw={720}>
          {hint}
        </Text>
      )}
    </>
  );
}
