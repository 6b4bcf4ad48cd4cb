// A value to take along: shown as it is, with a button that copies it.
import { Button, Code, CopyButton, Group } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { texts } from "@/app/texts";

interface Props {
  value: string;
  label: string; // what the button says
  block?: boolean;
  onCopied?: () => void;
}

export function CopyField({ value, label, block, onCopied }: Props) {
  return (
    <Group align="flex-start" gap="xs" wrap="nowrap" justify="space-between">
      <Code
        block={block ?? false}
        className="panel-key"
        fz="sm"
        style={{ flex: 1, whiteSpace: "pre-wrap" }}
        onCopy={onCopied}
      >
        {value}
      </Code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={() => {
              copy();
              onCopied?.();
            }}
          >
            {copied ? texts.common.copied : label}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
