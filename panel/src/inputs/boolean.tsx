// Yes or no.
import { Switch } from "@mantine/core";
import { common, type InputProps } from "./input";

export function BooleanInput(props: InputProps<boolean>) {
  const { placeholder: _, ...rest } = common(props);
  return (
    <Switch
      {...rest}
      required={false} // An unset switch is a “no”.
      checked={props.value ?? false}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}
