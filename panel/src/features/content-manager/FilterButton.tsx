// Adding a filter: a field, how it is compared, and with what.

import { Button, Popover, Select, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFilter } from "@tabler/icons-react";
import { useState } from "react";
import type { Attribute, ContentType, View } from "@/api/content";
import { type Rights, useRights } from "@/app/content";
import { texts } from "@/app/texts";
import { momentOf, shownMoment } from "@/inputs/moments";
import { labelOf } from "@/inputs/words";
import { isAlwaysThere } from "./columns";
import { type Filter, needsValue, type Operator, operatorsFor } from "./filters";

interface Props {
  type: ContentType;
  view: View;
  onAdd: (filter: Filter) => void;
}

export function FilterButton({ type, view, onAdd }: Props) {
  const [opened, popover] = useDisclosure(false);
  const rights = useRights(type.uid);
  const add = (filter: Filter) => {
    popover.close();
    onAdd(filter);
  };
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && popover.close()}
      position="bottom-start"
      shadow="md"
      trapFocus
      width={280}
    >
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} />} onClick={popover.toggle}>
          {texts.content.filters}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.content.filters}>
        <FilterForm type={type} view={view} rights={rights} onAdd={add} />
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterForm({ type, view, rights, onAdd }: Props & { rights: Rights }) {
  const fields = filterable(type, view, rights);
  const [field, setField] = useState(fields[0] ?? "");
  const attribute = type.attributes[field];
  const operators = attribute ? operatorsFor(attribute) : [];
  const [operator, setOperator] = useState<Operator>(operators[0] ?? "$eq");
  const [value, setValue] = useState("");
  const choose = (next: string | null) => {
    const other = type.attributes[next ?? ""];
    setField(next ?? "");
    setOperator(other ? (operatorsFor(other)[0] ?? "$eq") : "$eq");
    setValue("");
  };
  const submit = () => {
    const path =
      attribute?.type === "relation" && needsValue(operator) ? `${field}.${mainFieldOf(view, field)}` : field;
    onAdd({ field: path, operator, value: needsValue(operator) ? value : "true" });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="xs">
        <Select
          label={texts.content.filterField}
          data={fields.map((name) => ({ value: name, label: labelOf(name, view) }))}
          value={field}
          onChange={choose}
          searchable={fields.length > 8}
          openOnFocus={false}
          comboboxProps={{ withinPortal: false }}
        />
        <Select
          label={texts.content.filterOperator}
          data={operators.map((each) => ({ value: each, label: texts.content.operators[each] }))}
          value={operator}
          onChange={(next) => setOperator(next as Operator)}
          comboboxProps={{ withinPortal: false }}
        />
        {attribute && needsValue(operator) && <FilterValue attribute={attribute} value={value} onChange={setValue} />}
        <Button type="submit" disabled={needsValue(operator) && value === ""}>
          {texts.content.filterAdd}
        </Button>
      </Stack>
    </form>
  );
}

interface ValueProps {
  attribute: Attribute;
  value: string;
  onChange: (value: string) => void;
}

function FilterValue({ attribute, value, onChange }: ValueProps) {
  const label = texts.content.filterValue;
  const choices = choicesOf(attribute);
  if (choices)
    return (
      <Select
        label={label}
        data={choices}
        value={value || null}
        onChange={(next) => onChange(next ?? "")}
        comboboxProps={{ withinPortal: false }}
      />
    );
  if (["datetime", "timestamp"].includes(attribute.type))
    return (
      <TextInput
        type="datetime-local"
        label={label}
        value={shownMoment(value)}
        onChange={(event) => onChange(momentOf(event.currentTarget.value) ?? "")}
      />
    );
  return (
    <TextInput
      type={VALUE_TYPES[attribute.type] ?? "text"}
      step="any"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

const VALUE_TYPES: Partial<Record<Attribute["type"], string>> = {
  integer: "number",
  biginteger: "number",
  float: "number",
  decimal: "number",
  date: "date",
  time: "time",
};

function choicesOf({ type, enum: values }: Attribute): { value: string; label: string }[] | undefined {
  if (type === "enumeration") return (values ?? []).map((value) => ({ value, label: value }));
  if (type !== "boolean") return undefined;
  return [
    { value: "true", label: texts.content.yes },
    { value: "false", label: texts.content.no },
  ];
}

function filterable(type: ContentType, view: View, rights: Rights): string[] {
  return Object.entries(type.attributes)
    .filter(([name, attribute]) => {
      if (operatorsFor(attribute).length === 0 || !view.metadatas[name]) return false;
      if (attribute.targetModel === "admin::user") return false;
      return isAlwaysThere(name) || rights.mayField("read", name);
    })
    .map(([name]) => name)
    .sort((one, other) => Number(isAlwaysThere(one)) - Number(isAlwaysThere(other)));
}

const mainFieldOf = (view: View, field: string): string => view.metadatas[field]?.list.mainField ?? "id";

/** Return a filter in words, such as “Title contains harbour”. */
export function wordsOfFilter({ field, operator, value }: Filter, type: ContentType, view: View): string {
  const name = field.split(".")[0] ?? field;
  const label = labelOf(name, view);
  const how = texts.content.operators[operator];
  if (!needsValue(operator)) return `${label} ${how}`;
  return `${label} ${how} ${wordsOfValue(value, type.attributes[name])}`;
}

function wordsOfValue(value: string, attribute: Attribute | undefined): string {
  if (attribute?.type === "boolean") return value === "true" ? texts.content.yes : texts.content.no;
  if (["datetime", "timestamp"].includes(attribute?.type ?? "")) return shownMoment(value).replace("T", " ");
  return value;
}
