// An editor of code for JSON.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json, jsonParseLinter } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { linter } from "@codemirror/lint";
import { Annotation, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { Box } from "@mantine/core";
import { useEffect, useRef } from "react";

interface Props {
  id: string;
  label: string;
  value: unknown;
  readOnly: boolean;
  onChange: (text: string) => void;
}

const told = (value: unknown): string => (value === null || value === undefined ? "" : JSON.stringify(value, null, 2));

const TakenOver = Annotation.define<boolean>(); // what comes from outside is known there already

// Colours that are readable in both schemes.
const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--mantine-color-anchor)" },
  { tag: tags.string, color: "var(--mantine-color-green-light-color)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--mantine-color-orange-light-color)" },
]);

const LOOK = EditorView.theme({
  "&": { fontSize: "13px", backgroundColor: "var(--mantine-color-default)", color: "var(--mantine-color-text)" },
  ".cm-scroller": { fontFamily: "var(--mantine-font-family-monospace)" },
  ".cm-content": { minHeight: "96px", caretColor: "currentColor" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--mantine-color-dimmed)", border: "none" },
  "&.cm-focused": { outline: "2px solid var(--mantine-primary-color-filled)", outlineOffset: "1px" },
});

export default function JsonEditor({ id, label, value, readOnly, onChange }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const change = useRef(onChange);
  change.current = onChange;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor keeps its own text; below it takes over other values
  useEffect(() => {
    if (!box.current) return;
    const editor = new EditorView({
      parent: box.current,
      state: EditorState.create({ doc: told(value), extensions: extensions(id, label, readOnly, change) }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [id, label, readOnly]);
  useEffect(() => {
    const editor = view.current;
    if (!editor || isSame(editor.state.doc.toString(), value)) return;
    const changes = { from: 0, to: editor.state.doc.length, insert: told(value) };
    editor.dispatch({ changes, annotations: TakenOver.of(true) });
  }, [value]);
  return <Box ref={box} className="panel-code" />;
}

function extensions(id: string, label: string, readOnly: boolean, change: { current: (text: string) => void }) {
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    json(),
    linter((view) => (view.state.doc.length > 0 ? jsonParseLinter()(view) : []), { delay: 600 }),
    syntaxHighlighting(COLOURS),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ id, "aria-label": label }),
    EditorState.readOnly.of(readOnly),
    EditorView.updateListener.of((update) => {
      const isTakenOver = update.transactions.some((transaction) => transaction.annotation(TakenOver));
      if (update.docChanged && !isTakenOver) change.current(update.state.doc.toString());
    }),
    LOOK,
  ];
}

/** Say whether a text already stands for a value; while it is no JSON, it is somebody's work and stays. */
function isSame(text: string, value: unknown): boolean {
  try {
    return JSON.stringify(text.trim() ? JSON.parse(text) : null) === JSON.stringify(value ?? null);
  } catch (problem) {
    if (problem instanceof SyntaxError) return true;
    throw problem;
  }
}
