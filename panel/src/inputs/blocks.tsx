// Text in blocks, as the server keeps it, edited with Slate.
import { ActionIcon, Box, Button, Input, NativeSelect, Popover, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBold, IconCode, IconItalic, IconLink, IconStrikethrough, IconUnderline } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { createEditor, type Descendant, Editor, Transforms } from "slate";
import { withHistory } from "slate-history";
import { Editable, ReactEditor, Slate, useSlate, withReact } from "slate-react";
import { texts } from "@/app/texts";
import { BlockElement, BlockLeaf } from "./BlockParts";
import { KINDS, type Kind, kindOf, linkAt, setKind, toggleLink, withBlocks } from "./blockKinds";
import { type BlockMark, MARKS, plainBlocks } from "./blockTypes";
import type { InputProps } from "./input";
import { type Tool, Toolbar } from "./Toolbar";

const EMPTY: Descendant[] = [{ type: "paragraph", children: [{ type: "text", text: "" }] }];
const ICONS: Record<BlockMark, Tool["icon"]> = {
  bold: IconBold,
  italic: IconItalic,
  underline: IconUnderline,
  strikethrough: IconStrikethrough,
  code: IconCode,
};
const KEYS: Record<string, BlockMark> = { b: "bold", i: "italic", u: "underline", e: "code" };

export default function BlocksEditor(props: InputProps<Descendant[]>) {
  const editor = useMemo(() => withBlocks(withHistory(withReact(createEditor()))), []);
  const known = useRef(props.value);
  const start = useRef(props.value?.length ? props.value : EMPTY);
  useEffect(() => {
    if (JSON.stringify(props.value ?? null) === JSON.stringify(known.current ?? null)) return;
    known.current = props.value;
    replaceAll(editor, props.value?.length ? props.value : EMPTY);
  }, [editor, props.value]);
  const change = (value: Descendant[]) => {
    if (!editor.operations.some(({ type }) => type !== "set_selection")) return;
    const next = isEmpty(value) ? null : plainBlocks(value);
    known.current = next;
    props.onChange(next);
  };
  return (
    <Input.Wrapper
      label={props.label}
      labelElement="div"
      description={props.description}
      required={props.required}
      error={props.error}
    >
      <Slate editor={editor} initialValue={start.current} onChange={change}>
        <Box className="panel-blocks" data-invalid={props.error ? true : undefined}>
          <Tools label={props.label} disabled={props.readOnly} />
          <Editable
            id={props.id}
            className="panel-blocks-text"
            role="textbox"
            aria-multiline
            aria-label={props.label}
            aria-required={props.required}
            readOnly={props.readOnly}
            renderElement={(each) => <BlockElement {...each} />}
            renderLeaf={(each) => <BlockLeaf {...each} />}
            onKeyDown={(event) => {
              const mark = (event.metaKey || event.ctrlKey) && !event.altKey && KEYS[event.key];
              if (!mark) return;
              event.preventDefault();
              toggleMark(editor, mark);
            }}
          />
        </Box>
      </Slate>
    </Input.Wrapper>
  );
}

function Tools({ label, disabled }: { label: string; disabled: boolean }) {
  const editor = useSlate();
  const marks = Editor.marks(editor) as Partial<Record<BlockMark, boolean>> | null;
  const tools: Tool[] = MARKS.map((mark) => ({
    label: texts.content.marks[mark],
    icon: ICONS[mark],
    active: marks?.[mark] ?? false,
    run: () => toggleMark(editor, mark),
  }));
  return (
    <Box className="panel-blocks-tools">
      <NativeSelect
        size="xs"
        aria-label={texts.content.blockKind(label)}
        data={KINDS.map((kind) => ({ value: kind, label: texts.content.blockKinds[kind] }))}
        value={kindOf(editor)}
        disabled={disabled}
        onChange={(event) => {
          setKind(editor, event.currentTarget.value as Kind);
          ReactEditor.focus(editor);
        }}
      />
      <Toolbar label={texts.content.formatting(label)} tools={tools} disabled={disabled} />
      <LinkButton disabled={disabled} />
    </Box>
  );
}

function LinkButton({ disabled }: { disabled: boolean }) {
  const editor = useSlate();
  const [opened, popover] = useDisclosure(false);
  const [url, setUrl] = useState("");
  const open = () => {
    setUrl(linkAt(editor) ?? "");
    popover.open();
  };
  const set = () => {
    popover.close();
    toggleLink(editor, url.trim());
    ReactEditor.focus(editor);
  };
  return (
    <Popover opened={opened} onChange={(next) => !next && popover.close()} trapFocus shadow="md" width={280}>
      <Popover.Target>
        <ActionIcon aria-label={texts.content.marks.link} disabled={disabled} onClick={open}>
          <IconLink size={16} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.content.marks.link}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            set();
          }}
        >
          <TextInput
            label={texts.content.linkTo}
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" mt="xs">
            {texts.content.linkSet}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function toggleMark(editor: Editor, mark: BlockMark): void {
  const marks = Editor.marks(editor) as Partial<Record<BlockMark, boolean>> | null;
  if (marks?.[mark]) Editor.removeMark(editor, mark);
  else Editor.addMark(editor, mark, true);
}

function replaceAll(editor: Editor, blocks: Descendant[]): void {
  Transforms.deselect(editor);
  editor.children = structuredClone(blocks);
  Editor.normalize(editor, { force: true });
  editor.onChange();
}

function isEmpty(blocks: Descendant[]): boolean {
  const [only] = blocks;
  return (
    blocks.length === 1 &&
    !!only &&
    "type" in only &&
    only.type === "paragraph" &&
    Editor.string({ children: blocks } as never, []) === ""
  );
}
