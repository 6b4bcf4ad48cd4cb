// A time of day; the server keeps it to the millisecond.
import { TextInput } from "@mantine/core";
import { common, type InputProps } from "./input";

export function TimeInput(props: InputProps<string>) {
  return (
    <TextInput
      {...common(props)}
      type="time"
      value={props.value?.replace(/(:00)?\.000$/, "") ?? ""}
      onChange={(event) => props.onChange(exact(event.currentTarget.value))}
    />
  );
}

/** Turn 10:30 into 10:30:00.000. */
function exact(shown: string): string | null {
  if (!shown) return null;
  return shown.length === 5 ? `${shown}:00.000` : `${shown}.000`;
}
