// What a block is, and making it something else.
import { Editor, Element, Node, Path, Range, Transforms } from "slate";
import type { BlockNode, LinkNode } from "./blockTypes";

export const KINDS = [
  "paragraph",
  "heading1",
  "heading2",
  "heading3",
  "heading4",
  "heading5",
  "heading6",
  "unordered",
  "ordered",
  "quote",
  "code",
] as const;

export type Kind = (typeof KINDS)[number];

/** Return what the block is in which the cursor stands. */
export function kindOf(editor: Editor): Kind {
  const block = topBlock(editor);
  if (!block) return "paragraph";
  if (block.type === "heading") return `heading${block.level ?? 1}` as Kind;
  if (block.type === "list") return block.format ?? "unordered";
  return block.type === "quote" || block.type === "code" ? block.type : "paragraph";
}

export function setKind(editor: Editor, kind: Kind): void {
  Editor.withoutNormalizing(editor, () => {
    Transforms.unwrapNodes(editor, { match: (node) => isBlock(node, "list"), split: true, mode: "all" });
    const isList = kind === "ordered" || kind === "unordered";
    const heading = /^heading(\d)$/.exec(kind);
    Transforms.unsetNodes(editor, ["level", "format", "language"] as never, { match: isLine });
    if (isList) Transforms.setNodes(editor, { type: "list-item" }, { match: isLine });
    else if (heading) Transforms.setNodes(editor, { type: "heading", level: Number(heading[1]) }, { match: isLine });
    else if (kind === "code") Transforms.setNodes(editor, { type: "code", language: "plaintext" }, { match: isLine });
    else Transforms.setNodes(editor, { type: kind as "paragraph" | "quote" }, { match: isLine });
    if (isList)
      Transforms.wrapNodes(
        editor,
        { type: "list", format: kind, children: [] },
        { match: (node) => isBlock(node, "list-item") },
      );
  });
}

/** Return where the link leads in which the cursor stands. */
export function linkAt(editor: Editor): string | undefined {
  const [link] = Editor.above(editor, { match: isLink }) ?? [];
  return link && "url" in link ? link.url : undefined;
}

/** Link what is selected, or with an empty address take its link away. */
export function toggleLink(editor: Editor, url: string): void {
  Transforms.unwrapNodes(editor, { match: isLink });
  if (!url || url === "https://" || !editor.selection) return;
  const link: LinkNode = { type: "link", url, children: [] };
  if (Range.isCollapsed(editor.selection))
    Transforms.insertNodes(editor, { ...link, children: [{ type: "text", text: url }] });
  else Transforms.wrapNodes(editor, link, { split: true });
}

/** Teach an editor the rules of blocks: links stand in lines, and Enter ends what it should end. */
export function withBlocks(editor: Editor): Editor {
  const { isInline, isVoid, insertBreak, insertText, normalizeNode } = editor;
  editor.isInline = (element) => element.type === "link" || isInline(element);
  editor.isVoid = (element) => element.type === "image" || isVoid(element);
  editor.insertText = (text, options) => {
    leaveLink(editor);
    insertText(text, options);
  };
  editor.insertBreak = () => {
    leaveLink(editor);
    const line = Editor.above(editor, { match: isLine });
    const [block, path] = line ?? [];
    if (!block || !path) return insertBreak();
    if (isBlock(block, "code")) return editor.insertText("\n");
    const isEmpty = Node.string(block) === "";
    if (isEmpty && !isBlock(block, "paragraph")) return setKind(editor, "paragraph");
    insertBreak();
    // After a heading comes a paragraph.
    if (
      isBlock(block, "heading") &&
      Editor.isStart(editor, editor.selection?.anchor ?? { path, offset: 0 }, Path.next(path))
    )
      setKind(editor, "paragraph");
  };
  editor.normalizeNode = (entry, options) => {
    const [node, path] = entry;
    if (isBlock(node, "list") && joinedToNext(editor, node, path)) return;
    normalizeNode(entry, options);
  };
  return editor;
}

/** Step out of a link at whose end the cursor stands, so that what follows is no part of it. */
function leaveLink(editor: Editor): void {
  const { selection } = editor;
  if (!selection || !Range.isCollapsed(selection)) return;
  const [link, path] = Editor.above(editor, { match: isLink }) ?? [];
  if (link && path && Editor.isEnd(editor, selection.anchor, path))
    Transforms.select(editor, Editor.start(editor, Path.next(path)));
}

/** Join two lists of one format that came to stand next to each other. */
function joinedToNext(editor: Editor, list: BlockNode, path: Path): boolean {
  const next = Path.next(path);
  if (!Node.has(editor, next)) return false;
  const other = Node.get(editor, next);
  if (!isBlock(other, "list") || other.format !== list.format) return false;
  Transforms.mergeNodes(editor, { at: next });
  return true;
}

function isBlock(node: Node, type: BlockNode["type"]): node is BlockNode {
  return Element.isElement(node) && node.type === type;
}

const isLink = (node: Node): boolean => Element.isElement(node) && node.type === "link";

/** Say whether a block holds text itself. */
const isLine = (node: Node): boolean =>
  Element.isElement(node) && node.type !== "link" && node.type !== "list" && node.type !== "image";

function topBlock(editor: Editor): BlockNode | undefined {
  const index = editor.selection?.anchor.path[0];
  const node = index === undefined ? undefined : editor.children[index];
  return node && Element.isElement(node) && node.type !== "link" ? node : undefined;
}
