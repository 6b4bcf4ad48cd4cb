// How blocks look while they are edited.
import type { RenderElementProps, RenderLeafProps } from "slate-react";

export function BlockElement({ attributes, children, element }: RenderElementProps) {
  switch (element.type) {
    case "heading": {
      const Heading = `h${element.level ?? 1}` as "h1";
      // A title within the text of an entry is none of the page.
      return (
        <Heading {...attributes} role="presentation">
          {children}
        </Heading>
      );
    }
    case "quote":
      return <blockquote {...attributes}>{children}</blockquote>;
    case "code":
      return (
        <pre {...attributes}>
          <code>{children}</code>
        </pre>
      );
    case "list":
      return element.format === "ordered" ? <ol {...attributes}>{children}</ol> : <ul {...attributes}>{children}</ul>;
    case "list-item":
      return <li {...attributes}>{children}</li>;
    case "link":
      return (
        <span {...attributes} className="panel-blocks-link" title={element.url}>
          {children}
        </span>
      );
    case "image":
      return (
        <div {...attributes}>
          <img src={element.image?.url} alt={element.image?.alternativeText ?? ""} contentEditable={false} />
          {children}
        </div>
      );
    default:
      return <p {...attributes}>{children}</p>;
  }
}

export function BlockLeaf({ attributes, children, leaf }: RenderLeafProps) {
  let shown = children;
  if (leaf.bold) shown = <strong>{shown}</strong>;
  if (leaf.italic) shown = <em>{shown}</em>;
  if (leaf.underline) shown = <u>{shown}</u>;
  if (leaf.strikethrough) shown = <s>{shown}</s>;
  if (leaf.code) shown = <code>{shown}</code>;
  return <span {...attributes}>{shown}</span>;
}
