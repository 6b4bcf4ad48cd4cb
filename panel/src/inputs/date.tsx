// A day of the calendar.
import { TextInput } from "@mantine/core";
import { common, type InputProps } from "./input";

export function DateInput(props: InputProps<string>) {
  return (
    <TextInput
      {...common(props)}
      type="date"
      value={props.value ?? ""}
      onChange={(event) => props.onChange(event.currentTarget.value || null)}
    />
  );
}
