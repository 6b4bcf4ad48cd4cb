// A row of small buttons that change the text below.
import { ActionIcon, Group, Tooltip } from "@mantine/core";
import type { ComponentType } from "react";

export interface Tool {
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  run: () => void;
  active?: boolean;
}

export function Toolbar({ label, tools, disabled }: { label: string; tools: Tool[]; disabled: boolean }) {
  return (
    <Group gap={2} role="group" aria-label={label}>
      {tools.map((tool) => (
        <Tooltip key={tool.label} label={tool.label}>
          <ActionIcon
            aria-label={tool.label}
            aria-pressed={tool.active}
            variant={tool.active ? "light" : "subtle"}
            color={tool.active ? "indigo" : "gray"}
            disabled={disabled}
            onMouseDown={(event) => event.preventDefault()} // The text keeps its selection.
            onClick={tool.run}
          >
            <tool.icon size={16} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  );
}
