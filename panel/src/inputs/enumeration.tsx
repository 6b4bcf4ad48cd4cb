// One of some values.
import { Select } from "@mantine/core";
import { texts } from "@/app/texts";
import { common, type InputProps } from "./input";

export function EnumerationInput(props: InputProps<string>) {
  const choices = props.attribute.enum ?? [];
  return (
    <Select
      {...common(props)}
      placeholder={props.placeholder || texts.content.choose}
      data={choices}
      value={props.value ?? null}
      onChange={props.onChange}
      clearable={!props.required}
      clearButtonProps={{ "aria-label": texts.content.clear(props.label) }}
      searchable={choices.length > 8}
    />
  );
}
