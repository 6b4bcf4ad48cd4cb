// Any JSON, in an editor that is loaded when it is needed.
import { Input } from "@mantine/core";
import { lazy } from "react";
import { texts } from "@/app/texts";
import { useDraft } from "./draft";
import { common, type InputProps } from "./input";
import { Later } from "./Later";

const Editor = lazy(() => import("./JsonEditor"));

export function JsonInput(props: InputProps) {
  const draft = useDraft();
  const { label, description, required, error } = common(props);
  const change = (text: string) => {
    try {
      props.onChange(text.trim() ? JSON.parse(text) : null);
    } catch (problem) {
      if (!(problem instanceof SyntaxError)) throw problem;
      draft.refuse(props.path, texts.content.badJson(problem.message));
    }
  };
  return (
    <Input.Wrapper label={label} labelElement="div" description={description} required={required} error={error}>
      <Later id={props.id} height={120}>
        <Editor id={props.id} label={props.label} value={props.value} readOnly={props.readOnly} onChange={change} />
      </Later>
    </Input.Wrapper>
  );
}
