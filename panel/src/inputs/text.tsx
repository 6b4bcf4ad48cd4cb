// Some lines of text.
import { Textarea } from "@mantine/core";
import { common, type InputProps } from "./input";
import { Length } from "./Length";

export function LongTextInput(props: InputProps<string>) {
  return (
    <Textarea
      {...common(props)}
      value={props.value ?? ""}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      autosize
      minRows={3}
      maxRows={16}
      rightSection={<Length value={props.value} most={props.attribute.maxLength} />}
      rightSectionWidth={props.attribute.maxLength ? 72 : undefined}
    />
  );
}
