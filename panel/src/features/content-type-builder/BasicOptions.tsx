// What is asked of a field first, by its type.
import { Checkbox, Group, MultiSelect, Select, Stack, Switch, Textarea } from "@mantine/core";
import { useState } from "react";
import { texts } from "@/app/texts";
import { WITHIN } from "@/app/theme";
import type { Blueprint, Model, Properties } from "./blueprint";
import type { Wrong } from "./FieldDialog";
import { NewComponentButton } from "./NewComponentButton";
import { RelationOptions } from "./RelationOptions";

export interface OptionProps {
  properties: Properties;
  wrong: Wrong;
  disabled: boolean;
  onChange: (part: Partial<Properties>) => void;
}

export interface BasicProps extends OptionProps {
  model: Model;
  all: Blueprint;
  name: string;
}

const FILES = ["images", "videos", "audios", "files"] as const;

export function BasicOptions(props: BasicProps) {
  switch (props.properties.type) {
    case "enumeration":
      return <Choices {...props} />;
    case "uid":
      return <Source {...props} />;
    case "media":
      return <Files {...props} />;
    case "component":
      return <OneComponent {...props} />;
    case "dynamiczone":
      return <Zone {...props} />;
    case "relation":
      return <RelationOptions {...props} />;
    default:
      return null;
  }
}

function Choices({ properties, wrong, disabled, onChange }: BasicProps) {
  const [words, setWords] = useState((properties.enum ?? []).join("\n"));
  const change = (text: string) => {
    setWords(text);
    onChange({
      enum: text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    });
  };
  return (
    <Textarea
      label={texts.builder.values}
      description={texts.builder.valuesHint}
      required
      autosize
      minRows={3}
      disabled={disabled}
      value={words}
      error={wrong["enum"]}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function Source({ model, properties, wrong, disabled, onChange }: BasicProps) {
  const texty = model.fields.filter((field) => field.properties.type === "string" || field.properties.type === "text");
  return (
    <Select
      label={texts.builder.targetField}
      clearable
      placeholder={texts.builder.targetNone}
      disabled={disabled}
      data={texty.map(({ name }) => name)}
      value={properties.targetField ?? null}
      error={wrong["targetField"]}
      onChange={(targetField) => onChange({ targetField: targetField || undefined } as Partial<Properties>)}
    />
  );
}

function Files({ properties, wrong, disabled, onChange }: BasicProps) {
  return (
    <>
      <Switch
        label={texts.builder.multiple}
        description={texts.builder.multipleHint}
        disabled={disabled}
        checked={properties.multiple ?? false}
        onChange={(event) => onChange({ multiple: event.currentTarget.checked })}
      />
      <Checkbox.Group
        label={texts.builder.allowedTypes}
        value={properties.allowedTypes ?? [...FILES]}
        error={wrong["allowedTypes"]}
        onChange={(allowedTypes) => onChange({ allowedTypes })}
      >
        <Group mt="xs">
          {FILES.map((kind) => (
            <Checkbox key={kind} value={kind} label={texts.builder.fileKinds[kind]} disabled={disabled} />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  );
}

const componentsOf = (all: Blueprint, model: Model) =>
  Object.values(all)
    .filter(({ isComponent, uid }) => isComponent && uid !== model.uid)
    .map(({ uid, category, displayName }) => ({ value: uid, label: `${category} / ${displayName}` }));

function OneComponent({ model, all, properties, wrong, disabled, onChange }: BasicProps) {
  return (
    <>
      <Group align="flex-end" gap="xs">
        <Select
          flex={1}
          label={texts.builder.component}
          required
          searchable
          disabled={disabled}
          data={componentsOf(all, model)}
          value={properties.component ?? null}
          error={wrong["component"]}
          onChange={(component) => onChange({ component: component ?? "" })}
        />
        {!disabled && <NewComponentButton all={all} onMade={(component) => onChange({ component })} />}
      </Group>
      <Switch
        label={texts.builder.repeatable}
        description={texts.builder.repeatableHint}
        disabled={disabled}
        checked={properties.repeatable ?? false}
        onChange={(event) => onChange({ repeatable: event.currentTarget.checked })}
      />
    </>
  );
}

function Zone({ model, all, properties, wrong, disabled, onChange }: BasicProps) {
  const components = properties.components ?? [];
  return (
    <Stack gap="xs" align="flex-start">
      <MultiSelect
        w="100%"
        label={texts.builder.inZone}
        required
        searchable
        disabled={disabled}
        comboboxProps={{ portalProps: WITHIN }}
        data={componentsOf(all, model)}
        value={components}
        error={wrong["components"]}
        onChange={(chosen) => onChange({ components: chosen })}
      />
      {!disabled && (
        <NewComponentButton all={all} onMade={(component) => onChange({ components: [...components, component] })} />
      )}
    </Stack>
  );
}
