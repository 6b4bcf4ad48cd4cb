// An email address.
import { TextInput } from "@mantine/core";
import { common, type InputProps } from "./input";

export function EmailInput(props: InputProps<string>) {
  return (
    <TextInput
      {...common(props)}
      type="email"
      value={props.value ?? ""}
      onChange={(event) => props.onChange(event.currentTarget.value || null)}
      autoComplete="off"
    />
  );
}
