// One value in a table.
import { Badge, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Attribute, ContentType, Entry, Values, View } from "@/api/content";
import type { MediaFile } from "@/api/files";
import { nameOf, type Person } from "@/api/types";
import { texts } from "@/app/texts";
import { Moment } from "@/components/Moment";
import { nameOfEntry } from "@/inputs/words";

interface Props {
  type: ContentType;
  view: View;
  entry: Entry;
  name: string;
}

const NOTHING = (
  <Text span size="sm" c="dimmed">
    –
  </Text>
);

export function Cell({ type, view, entry, name }: Props) {
  const value = entry[name];
  const attribute = type.attributes[name];
  if (value === null || value === undefined || value === "" || !attribute) return NOTHING;
  return shown(value, attribute, view.metadatas[name]?.list.mainField);
}

function shown(value: unknown, attribute: Attribute, mainField: string | undefined): ReactNode {
  switch (attribute.type) {
    case "boolean":
      return value ? texts.content.yes : texts.content.no;
    case "datetime":
    case "timestamp":
      return <Moment at={String(value)} />;
    case "date":
      return <DateOnly day={String(value)} />;
    case "enumeration":
      return <Badge color="gray">{String(value)}</Badge>;
    case "relation":
      return linked(value as Values, attribute, mainField);
    case "component":
      return Array.isArray(value) ? counted(value.length) : nameOfEntry(value as Values, mainField);
    case "media":
      return Array.isArray(value) ? counted(value.length) : cut((value as MediaFile).name);
    default:
      return cut(String(value));
  }
}

function linked(value: Values, attribute: Attribute, mainField: string | undefined): ReactNode {
  if (attribute.targetModel === "admin::user" && "email" in value) return cut(nameOf(value as unknown as Person));
  if ("count" in value) return counted(Number(value["count"]));
  return cut(nameOfEntry(value, mainField));
}

const counted = (number: number): ReactNode => (number === 0 ? NOTHING : texts.content.items(number));

const cut = (words: string): ReactNode => (
  <span className="panel-cell" title={words.length > 40 ? words : undefined}>
    {words}
  </span>
);

const days = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

function DateOnly({ day }: { day: string }) {
  return (
    <Text component="time" size="sm" dateTime={day} style={{ whiteSpace: "nowrap" }}>
      {days.format(new Date(day))}
    </Text>
  );
}
