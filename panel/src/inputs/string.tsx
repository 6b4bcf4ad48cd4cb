// A line of text.
import { TextInput } from "@mantine/core";
import { common, type InputProps } from "./input";
import { Length } from "./Length";

export function StringInput(props: InputProps<string>) {
  return (
    <TextInput
      {...common(props)}
      value={props.value ?? ""}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      inputWrapperOrder={["label", "description", "input", "error"]}
      rightSection={<Length value={props.value} most={props.attribute.maxLength} />}
      rightSectionWidth={props.attribute.maxLength ? 72 : undefined}
      autoComplete="off"
    />
  );
}
