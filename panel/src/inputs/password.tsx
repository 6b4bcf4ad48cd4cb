// A password: it is never shown, so an empty field keeps what there is.
import { PasswordInput } from "@mantine/core";
import { texts } from "@/app/texts";
import { common, type InputProps } from "./input";

export function SecretInput(props: InputProps<string>) {
  return (
    <PasswordInput
      {...common(props)}
      description={props.description || texts.content.passwordHint}
      value={props.value ?? ""}
      onChange={(event) => props.onChange(event.currentTarget.value || null)}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ "aria-label": texts.content.showPassword(props.label) }}
    />
  );
}
