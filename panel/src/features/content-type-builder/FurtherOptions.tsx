// What may be said of a field besides: limits, a default, and who sees it.
import { NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import { texts } from "@/app/texts";
import type { OptionProps } from "./BasicOptions";
import type { Properties } from "./blueprint";
import type { Option } from "./fieldTypes";

const WORDS = texts.builder.options;
const SWITCHES = ["required", "unique", "private"] as const;
const LENGTHS = ["minLength", "maxLength"] as const;
const BOUNDS = ["min", "max"] as const;
const NUMBERS = ["integer", "float", "decimal", "component", "dynamiczone"];

interface Props extends OptionProps {
  options: Option[];
}

export function FurtherOptions({ options, ...rest }: Props) {
  const { properties, wrong, disabled, onChange } = rest;
  const has = (option: Option) => options.includes(option);
  const isList = properties.type === "component" || properties.type === "dynamiczone";
  return (
    <Stack>
      {has("default") && <Default {...rest} />}
      {has("regex") && (
        <TextInput
          label={WORDS.regex}
          description={WORDS.regexHint}
          disabled={disabled}
          value={properties.regex ?? ""}
          error={wrong["regex"]}
          onChange={(event) => onChange(one("regex", event.currentTarget.value))}
        />
      )}
      <SimpleGrid cols={2}>
        {LENGTHS.filter(has).map((option) => (
          <Amount key={option} {...rest} option={option} label={WORDS[option]} />
        ))}
        {BOUNDS.filter(has).map((option) => (
          <Amount
            key={option}
            {...rest}
            option={option}
            label={isList ? WORDS[option === "min" ? "fewest" : "most"] : WORDS[option]}
          />
        ))}
      </SimpleGrid>
      {SWITCHES.filter(has).map((option) => (
        <Switch
          key={option}
          label={WORDS[option]}
          description={WORDS[`${option}Hint`]}
          disabled={disabled}
          checked={properties[option] ?? false}
          error={wrong[option]}
          onChange={(event) => onChange({ [option]: event.currentTarget.checked })}
        />
      ))}
      {has("localized") && (
        <Switch
          label={WORDS.localized}
          description={WORDS.localizedHint}
          disabled={disabled}
          checked={properties.pluginOptions?.i18n?.localized ?? false}
          onChange={(event) => {
            const localized = event.currentTarget.checked;
            onChange({ pluginOptions: { ...properties.pluginOptions, i18n: { localized } } });
          }}
        />
      )}
    </Stack>
  );
}

/** Return a property, or its absence where there is nothing. */
function one(key: keyof Properties, value: unknown): Partial<Properties> {
  return { [key]: value === "" || value === null ? undefined : value };
}

function Amount({
  option,
  label,
  properties,
  wrong,
  disabled,
  onChange,
}: OptionProps & { option: Option; label: string }) {
  const value = properties[option as "min"];
  // A number that may be too long for JSON travels as a text.
  if (properties.type === "biginteger")
    return (
      <TextInput
        label={label}
        inputMode="numeric"
        disabled={disabled}
        value={value ?? ""}
        error={wrong[option]}
        onChange={(event) => onChange(one(option as "min", event.currentTarget.value))}
      />
    );
  return (
    <NumberInput
      label={label}
      disabled={disabled}
      allowDecimal={properties.type === "float" || properties.type === "decimal"}
      value={value ?? ""}
      error={wrong[option]}
      onChange={(next) => onChange(one(option as "min", next))}
    />
  );
}

function Default({ properties, wrong, disabled, onChange }: OptionProps) {
  const value = properties.default ?? null;
  const shared = { label: WORDS.default, disabled, error: wrong["default"] };
  const choose = (next: unknown) => onChange(one("default", next));
  if (properties.type === "boolean")
    return (
      <Select
        {...shared}
        data={[
          { value: "", label: texts.builder.none },
          { value: "true", label: texts.builder.yes },
          { value: "false", label: texts.builder.no },
        ]}
        value={value === null ? "" : String(value)}
        onChange={(next) => choose(next === "" ? null : next === "true")}
      />
    );
  if (properties.type === "enumeration")
    return (
      <Select
        {...shared}
        data={[{ value: "", label: texts.builder.none }, ...[...new Set(properties.enum ?? [])]]}
        value={String(value ?? "")}
        onChange={choose}
      />
    );
  if (NUMBERS.includes(properties.type))
    return <NumberInput {...shared} value={(value as number | null) ?? ""} onChange={choose} />;
  return (
    <TextInput
      {...shared}
      value={typeof value === "string" ? value : value === null ? "" : JSON.stringify(value)}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
