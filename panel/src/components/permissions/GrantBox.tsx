// One checkbox; one that cannot be ticked says why to the mouse, to the keyboard and to a screen reader.
import { Checkbox, type CheckboxProps, Tooltip } from "@mantine/core";

interface Props extends Omit<CheckboxProps, "onChange" | "onToggle" | "label"> {
  name: string; // what it grants, for those who do not see its row and column
  label?: string;
  reason?: string | undefined; // why it cannot be ticked
  onToggle: (on: boolean) => void;
}

export function GrantBox({ name, reason, onToggle, disabled, ...rest }: Props) {
  const closed = disabled || reason !== undefined;
  const box = (
    <Checkbox
      {...rest}
      aria-label={name}
      aria-disabled={closed || undefined}
      description={undefined}
      styles={
        closed ? { input: { opacity: 0.45, cursor: "not-allowed" }, label: { cursor: "not-allowed" } } : undefined
      }
      // A box that is really disabled takes no focus, and the reason would be for the mouse alone.
      onChange={(event) => !closed && onToggle(event.currentTarget.checked)}
    />
  );
  if (reason === undefined) return box;
  return (
    <Tooltip label={reason}>
      <span style={{ display: "inline-block" }}>{box}</span>
    </Tooltip>
  );
}
