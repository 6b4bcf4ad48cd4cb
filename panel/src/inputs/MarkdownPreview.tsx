// Markdown as elements: nothing of the text is ever taken for HTML.
import { Anchor, Blockquote, Code, Divider, Image, List, Table, Text, Title } from "@mantine/core";
import { lexer, type Token, type Tokens } from "marked";
import { Fragment, type ReactNode } from "react";

const SAFE = /^(https?:|mailto:|\/|#)/i;

export default function MarkdownPreview({ text }: { text: string }) {
  return <>{shown(lexer(text))}</>;
}

function shown(tokens: Token[] | undefined): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a text have nothing else that tells them apart
  return (tokens ?? []).map((token, index) => <Fragment key={index}>{element(token)}</Fragment>);
}

function element(token: Token): ReactNode {
  switch (token.type) {
    case "heading":
      return (
        <Title
          order={Math.min((token as Tokens.Heading).depth + 1, 6) as 2}
          size={`h${token["depth"]}` as "h2"}
          my="xs"
        >
          {shown(token["tokens"])}
        </Title>
      );
    case "paragraph":
      return <Text my="xs">{shown(token["tokens"])}</Text>;
    case "list":
      return <Items list={token as Tokens.List} />;
    case "blockquote":
      return (
        <Blockquote my="xs" p="sm">
          {shown(token["tokens"])}
        </Blockquote>
      );
    case "code":
      return (
        <Code block my="xs">
          {token["text"]}
        </Code>
      );
    case "table":
      return <Grid table={token as Tokens.Table} />;
    case "hr":
      return <Divider my="sm" />;
    case "space":
      return null;
    default:
      return inline(token);
  }
}

function inline(token: Token): ReactNode {
  switch (token.type) {
    case "strong":
      return <strong>{shown(token["tokens"])}</strong>;
    case "em":
      return <em>{shown(token["tokens"])}</em>;
    case "del":
      return <del>{shown(token["tokens"])}</del>;
    case "codespan":
      return <Code>{token["text"]}</Code>;
    case "br":
      return <br />;
    case "link":
      return SAFE.test(token["href"]) ? (
        <Anchor href={token["href"]} target="_blank" rel="noreferrer">
          {shown(token["tokens"])}
        </Anchor>
      ) : (
        shown(token["tokens"])
      );
    case "image":
      // A picture from elsewhere is named, not loaded: the panel asks no other host for anything.
      return token["href"].startsWith("/") ? (
        <Image src={token["href"]} alt={token["text"]} maw={480} />
      ) : (
        `[${token["text"]}]`
      );
    case "escape":
      return token["text"];
    default:
      return "tokens" in token && token.tokens ? shown(token.tokens) : token.raw;
  }
}

function Items({ list }: { list: Tokens.List }) {
  return (
    <List type={list.ordered ? "ordered" : "unordered"} my="xs" withPadding>
      {list.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have nothing else that tells them apart
        <List.Item key={index}>{shown(item.tokens)}</List.Item>
      ))}
    </List>
  );
}

function Grid({ table }: { table: Tokens.Table }) {
  const data = {
    head: table.header.map(({ tokens }) => shown(tokens)),
    body: table.rows.map((row) => row.map(({ tokens }) => shown(tokens))),
  };
  return <Table data={data} withTableBorder my="xs" />;
}
