// Markdown, with a preview of what it will look like.
import { Box, Button, Group, Input, Paper, Textarea } from "@mantine/core";
import {
  IconBold,
  IconCode,
  IconEye,
  IconH2,
  IconItalic,
  IconLink,
  IconList,
  IconPencil,
  IconQuote,
} from "@tabler/icons-react";
import { lazy, Suspense, useId, useRef, useState } from "react";
import { texts } from "@/app/texts";
import { common, type InputProps } from "./input";
import { type Mark, marked } from "./markdown";
import { type Tool, Toolbar } from "./Toolbar";

const Preview = lazy(() => import("./MarkdownPreview"));

const MARKS: { mark: Mark; label: string; icon: Tool["icon"] }[] = [
  { mark: "bold", label: texts.content.marks.bold, icon: IconBold },
  { mark: "italic", label: texts.content.marks.italic, icon: IconItalic },
  { mark: "heading", label: texts.content.marks.heading, icon: IconH2 },
  { mark: "list", label: texts.content.marks.list, icon: IconList },
  { mark: "quote", label: texts.content.marks.quote, icon: IconQuote },
  { mark: "code", label: texts.content.marks.code, icon: IconCode },
  { mark: "link", label: texts.content.marks.link, icon: IconLink },
];

export function MarkdownInput(props: InputProps<string>) {
  const [previewing, setPreviewing] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const labelId = useId();
  const { label, description, required, error, ...rest } = common(props);
  const apply = (mark: Mark) => {
    if (!area.current) return;
    const { selectionStart, selectionEnd, value } = area.current;
    const next = marked(value, selectionStart, selectionEnd, mark);
    props.onChange(next.text);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.start, next.end);
    });
  };
  return (
    <Input.Wrapper
      label={label}
      labelProps={{ id: labelId, htmlFor: props.id }}
      description={description}
      required={required}
      error={error}
    >
      <Group justify="space-between" gap="xs" my={4}>
        <Toolbar
          label={texts.content.formatting(props.label)}
          tools={MARKS.map(({ mark, ...tool }) => ({ ...tool, run: () => apply(mark) }))}
          disabled={props.readOnly || previewing}
        />
        <Button
          size="compact-sm"
          variant="default"
          aria-pressed={previewing}
          leftSection={previewing ? <IconPencil size={14} /> : <IconEye size={14} />}
          onClick={() => setPreviewing(!previewing)}
        >
          {previewing ? texts.content.write : texts.content.preview}
        </Button>
      </Group>
      {previewing ? (
        <Paper
          withBorder
          p="sm"
          mih={160}
          className="panel-prose"
          role="region"
          aria-label={texts.content.previewOf(props.label)}
        >
          <Suspense fallback={null}>
            <Preview text={props.value ?? ""} />
          </Suspense>
        </Paper>
      ) : (
        <Box>
          <Textarea
            {...rest}
            ref={area}
            aria-labelledby={labelId}
            aria-invalid={!!error}
            error={!!error}
            value={props.value ?? ""}
            onChange={(event) => props.onChange(event.currentTarget.value)}
            autosize
            minRows={6}
            maxRows={24}
            styles={{
              input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "var(--mantine-font-size-sm)" },
            }}
          />
        </Box>
      )}
    </Input.Wrapper>
  );
}
