// A moment, shown in the time zone of whoever looks at it.
import { TextInput } from "@mantine/core";
import { texts } from "@/app/texts";
import { common, type InputProps } from "./input";
import { momentOf, shownMoment } from "./moments";

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function DateTimeInput(props: InputProps<string>) {
  return (
    <TextInput
      {...common(props)}
      description={props.description || texts.content.zone(ZONE)}
      type="datetime-local"
      value={shownMoment(props.value)}
      onChange={(event) => props.onChange(momentOf(event.currentTarget.value))}
    />
  );
}
