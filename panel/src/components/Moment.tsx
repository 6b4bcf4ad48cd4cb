// A moment in words, with the exact time on hover.
import { Text } from "@mantine/core";
import { texts } from "@/app/texts";

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const exact = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

export function ago(moment: string, now = Date.now()): string {
  const seconds = (Date.parse(moment) - now) / 1000;
  const found = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return found ? relative.format(Math.round(seconds / found[1]), found[0]) : texts.common.now;
}

export const exactly = (moment: string): string => exact.format(new Date(moment));

export function Moment({ at, none = "–" }: { at: string | null | undefined; none?: string }) {
  if (!at)
    return (
      <Text span size="sm" c="dimmed">
        {none}
      </Text>
    );
  return (
    <Text component="time" size="sm" dateTime={at} title={exactly(at)} style={{ whiteSpace: "nowrap" }}>
      {ago(at)}
    </Text>
  );
}
