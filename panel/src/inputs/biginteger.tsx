// Whole numbers beyond those that JavaScript counts exactly, so they stay texts.
import { TextInput } from "@mantine/core";
import { common, type InputProps } from "./input";

export function BigIntegerInput(props: InputProps<string>) {
  return (
    <TextInput
      {...common(props)}
      inputMode="numeric"
      value={props.value ?? ""}
      onChange={(event) => props.onChange(event.currentTarget.value.replace(/(?!^-)\D/g, "") || null)}
      autoComplete="off"
    />
  );
}
