// Putting marks of Markdown around what is selected.
export type Mark = "bold" | "italic" | "code" | "link" | "heading" | "list" | "quote";

const AROUND: Partial<Record<Mark, readonly [string, string]>> = {
  bold: ["**", "**"],
  italic: ["_", "_"],
  code: ["`", "`"],
  link: ["[", "](https://)"],
};
const BEFORE: Partial<Record<Mark, string>> = { heading: "## ", list: "- ", quote: "> " };

interface Marked {
  text: string;
  start: number;
  end: number;
}

/** Return a text with a mark put around a selection, or before each of its lines, and what is selected then. */
export function marked(text: string, start: number, end: number, mark: Mark): Marked {
  const around = AROUND[mark];
  if (around) {
    const [open, close] = around;
    const inner = text.slice(start, end);
    return {
      text: text.slice(0, start) + open + inner + close + text.slice(end),
      start: start + open.length,
      end: end + open.length,
    };
  }
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const lines = text.slice(first, end).split("\n");
  const added = lines.map((line) => `${BEFORE[mark] ?? ""}${line}`).join("\n");
  return { text: text.slice(0, first) + added + text.slice(end), start: first, end: first + added.length };
}
