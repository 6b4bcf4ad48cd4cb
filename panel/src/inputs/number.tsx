// Whole numbers and numbers with a fraction.
import { NumberInput } from "@mantine/core";
import { useState } from "react";
import { common, type InputProps } from "./input";

export function NumericInput(props: InputProps<number>) {
  const [typed, setTyped] = useState<string | number>(props.value ?? "");
  const value = numberOf(typed) === (props.value ?? null) ? typed : (props.value ?? ""); // keeps a “1.” that goes on
  return (
    <NumberInput
      {...common(props)}
      value={value}
      onChange={(next) => {
        setTyped(next);
        props.onChange(numberOf(next));
      }}
      allowDecimal={props.attribute.type !== "integer"}
      clampBehavior="none" // What is out of range is told, not changed.
      hideControls
    />
  );
}

function numberOf(typed: string | number): number | null {
  return typed === "" || Number.isNaN(Number(typed)) ? null : Number(typed);
}
