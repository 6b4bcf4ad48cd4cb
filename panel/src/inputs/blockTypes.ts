// The shapes of blocks, as the server keeps them.
import type { BaseEditor, Descendant } from "slate";
import type { HistoryEditor } from "slate-history";
import type { ReactEditor } from "slate-react";

export const MARKS = ["bold", "italic", "underline", "strikethrough", "code"] as const;

export type BlockMark = (typeof MARKS)[number];

export type BlockText = { type: "text"; text: string } & Partial<Record<BlockMark, boolean>>;

export interface LinkNode {
  type: "link";
  url: string;
  children: BlockText[];
}

export interface BlockNode {
  type: "paragraph" | "heading" | "quote" | "code" | "list" | "list-item" | "image";
  level?: number; // of a heading
  format?: "ordered" | "unordered"; // of a list
  language?: string; // of code
  image?: { url: string; alternativeText?: string | null };
  children: Descendant[];
}

declare module "slate" {
  interface CustomTypes {
    Editor: BaseEditor & ReactEditor & HistoryEditor;
    Element: BlockNode | LinkNode;
    Text: BlockText;
  }
}

/** Return blocks in which every text says that it is one; Slate makes texts that do not. */
export function plainBlocks(blocks: Descendant[]): Descendant[] {
  return blocks.map((block) =>
    "children" in block
      ? ({ ...block, children: plainBlocks(block.children) } as Descendant)
      : { ...block, type: "text" as const },
  );
}
