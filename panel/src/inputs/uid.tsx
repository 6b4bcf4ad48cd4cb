// A unique identifier: made from another field on demand, and checked while one types.
import { ActionIcon, Text, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { checkIdentifier, makeIdentifier } from "@/api/relations";
import { texts } from "@/app/texts";
import { useDraft } from "./draft";
import { common, type InputProps, useOwner, usePlace } from "./input";

const QUIET = 400; // milliseconds without a key before the server is asked

export function UidInput(props: InputProps<string>) {
  const place = usePlace();
  const owner = useOwner();
  const draft = useDraft();
  const [isTaken, setTaken] = useState(false);
  const field = { contentTypeUID: owner.model.uid, field: props.name };
  const isOwn = owner.model.uid === place.uid; // identifiers in components are not unique
  const make = useMutation({
    mutationFn: () => makeIdentifier(field, siblings(), place.locale),
    onSuccess: (made) => {
      setTaken(false);
      props.onChange(made);
    },
  });
  const check = useDebouncedCallback(async (value: string) => {
    if (value && isOwn) setTaken(!(await checkIdentifier(field, value, place.locale)).isAvailable);
  }, QUIET);
  const target = props.attribute.targetField;
  const siblings = () => {
    const values = draft.get(props.path.slice(0, -1)) as Record<string, unknown>;
    return target ? { [target]: values[target] ?? "" } : {};
  };
  return (
    <TextInput
      {...common(props)}
      inputWrapperOrder={["label", "description", "input", "error"]}
      description={
        isTaken ? (
          <Text span c="var(--mantine-color-error)" size="xs">
            {texts.content.taken}
          </Text>
        ) : (
          common(props).description
        )
      }
      value={props.value ?? ""}
      onChange={(event) => {
        const value = event.currentTarget.value;
        setTaken(false);
        props.onChange(value || null);
        check(value);
      }}
      autoComplete="off"
      spellCheck={false}
      rightSection={
        isOwn && !props.readOnly ? (
          <Tooltip label={texts.content.generate(props.label)}>
            <ActionIcon
              aria-label={texts.content.generate(props.label)}
              loading={make.isPending}
              onClick={() => make.mutate()}
            >
              <IconRefresh size={16} />
            </ActionIcon>
          </Tooltip>
        ) : null
      }
    />
  );
}
