// A field that is added or changed: first what it holds, then what it is called and how it is.
import { Alert, Button, Group, SimpleGrid, Stack, Tabs, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { texts } from "@/app/texts";
import { Dialog } from "@/components/Dialog";
import { BasicOptions } from "./BasicOptions";
import type { Blueprint, Field, Model, Properties } from "./blueprint";
import { FurtherOptions } from "./FurtherOptions";
import { beginning, type ChoosableType, isPolymorphic, optionsFor, typesFor } from "./fieldTypes";
import { useWork } from "./studio";

interface Props {
  opened: boolean;
  model: Model;
  all: Blueprint;
  field: Field | undefined;
  readOnly: boolean;
  onDone: (field: Field) => void;
  onClose: () => void;
}

export function FieldDialog({ opened, ...rest }: Props) {
  const { field, model } = rest;
  const title = field ? texts.builder.editField(field.name) : texts.builder.addFieldTo(model.displayName);
  return (
    <Dialog opened={opened} onClose={rest.onClose} title={title} size="lg">
      <Asking {...rest} />
    </Dialog>
  );
}

function Asking({ field, ...rest }: Omit<Props, "opened">) {
  const [properties, setProperties] = useState(field?.properties);
  if (!properties) return <Choice model={rest.model} onChoose={(type) => setProperties(beginning(type))} />;
  return (
    <Details
      {...rest}
      field={field}
      properties={properties}
      onChange={setProperties}
      onBack={field ? undefined : () => setProperties(undefined)}
    />
  );
}

function Choice({ model, onChoose }: { model: Model; onChoose: (type: ChoosableType) => void }) {
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {texts.builder.chooseType}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {typesFor(model).map((type) => (
          <UnstyledButton key={type} className="panel-choice" data-type={type} onClick={() => onChoose(type)}>
            <Text size="sm" fw={600}>
              {texts.builder.attributeTypes[type]}
            </Text>
            <Text size="xs" c="dimmed">
              {texts.builder.attributeHints[type]}
            </Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

interface DetailsProps extends Omit<Props, "opened"> {
  properties: Properties;
  onChange: (properties: Properties) => void;
  onBack: (() => void) | undefined;
}

export type Wrong = Readonly<Record<string, string | undefined>>;

function Details({ model, all, field, readOnly, properties, onChange, onBack, onDone }: DetailsProps) {
  const { faults } = useWork();
  const [name, setName] = useState(field?.name ?? "");
  const [wrong, setWrong] = useState<Wrong>(() =>
    Object.fromEntries(
      faults.flatMap((each) =>
        field && each.uid === model.uid && each.field === field.name ? [[each.key ?? "name", each.message]] : [],
      ),
    ),
  );
  const isFixed = readOnly || field?.properties.configurable === false;
  const change = (part: Partial<Properties>) => {
    onChange({ ...properties, ...part });
    setWrong(Object.fromEntries(Object.entries(wrong).filter(([key]) => !(key in part))));
  };
  const done = () => {
    const found = wrongOf(name, properties, model, field);
    setWrong(found);
    if (Object.keys(found).length === 0) onDone({ ...field, name, properties });
  };
  const options = optionsFor(model, properties);
  const shared = { properties, wrong, disabled: isFixed, onChange: change };
  const isOpen = !(field && isPolymorphic(field));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
      noValidate
    >
      <Stack>
        {isFixed && !readOnly && <Alert>{texts.builder.fixed}</Alert>}
        {!isOpen && <Alert>{texts.builder.polymorphic}</Alert>}
        <Tabs defaultValue={Object.keys(wrong).some((key) => options.includes(key as never)) ? "advanced" : "basic"}>
          <Tabs.List>
            <Tabs.Tab value="basic">{texts.builder.basic}</Tabs.Tab>
            <Tabs.Tab value="advanced" disabled={options.length === 0}>
              {texts.builder.advanced}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="basic" pt="md">
            <Stack>
              <Text size="sm" c="dimmed">
                {texts.builder.attributeTypes[properties.type]}
              </Text>
              <TextInput
                label={texts.builder.fieldName}
                description={texts.builder.fieldNameHint}
                required
                data-autofocus
                disabled={isFixed}
                value={name}
                error={wrong["name"]}
                onChange={(event) => {
                  setName(event.currentTarget.value);
                  setWrong({});
                }}
              />
              {isOpen && <BasicOptions {...shared} model={model} all={all} name={name} />}
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="advanced" pt="md">
            <FurtherOptions {...shared} options={options} />
          </Tabs.Panel>
        </Tabs>
        {!isFixed && (
          <Group justify="space-between">
            {onBack ? (
              <Button variant="default" onClick={onBack}>
                {texts.builder.otherType}
              </Button>
            ) : (
              <span />
            )}
            <Button type="submit">{texts.builder.apply}</Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** Return what is missing; the server checks the rest. */
function wrongOf(name: string, properties: Properties, model: Model, field: Field | undefined): Wrong {
  const found: Record<string, string> = {};
  const isTaken = model.fields.some((each) => each.name === name && each.name !== field?.name);
  if (!/^[A-Za-z][_0-9A-Za-z]*$/.test(name)) found["name"] = texts.builder.fieldNameWrong;
  else if (isTaken) found["name"] = texts.builder.fieldNameTaken;
  const { type, component, components, target, relation } = properties;
  if (type === "enumeration" && !properties.enum?.length) found["enum"] = texts.builder.valuesNeeded;
  if (type === "component" && !component) found["component"] = texts.builder.componentNeeded;
  if (type === "dynamiczone" && !components?.length) found["components"] = texts.builder.componentsNeeded;
  if (type === "relation" && !target && !relation?.startsWith("morphTo")) found["target"] = texts.builder.targetNeeded;
  const other = properties.targetAttribute;
  if (other === "" || (other && !/^[A-Za-z][_0-9A-Za-z]*$/.test(other)))
    found["targetAttribute"] = texts.builder.fieldNameWrong;
  return found;
}
