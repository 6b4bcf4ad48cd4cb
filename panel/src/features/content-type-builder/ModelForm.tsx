// What a content type or a component is called, and how its entries are.
import { Autocomplete, Button, Group, Radio, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { texts } from "@/app/texts";
import { required } from "@/components/form";
import { type Blueprint, isLocalized, type Model, plural, slug } from "./blueprint";
import { useWork } from "./studio";

interface Props {
  all: Blueprint;
  isComponent: boolean;
  model?: Model; // what is to be changed
  onDone: (model: Model) => void;
}

interface Values {
  displayName: string;
  description: string;
  kind: Model["kind"];
  singularName: string;
  pluralName: string;
  draftAndPublish: boolean;
  localized: boolean;
  category: string;
  icon: string;
}

export function ModelForm({ all, isComponent, model, onDone }: Props) {
  const { faults } = useWork();
  const isNew = !model || model.isNew;
  const form = useForm<Values>({
    initialValues: valuesOf(model),
    initialErrors: Object.fromEntries(
      faults.flatMap(({ uid, field, key, message }) => (uid === model?.uid && key && !field ? [[key, message]] : [])),
    ),
    validate: {
      displayName: required,
      category: (name) => (isComponent ? required(name) : null),
      singularName: (name) => (isComponent || !isNew ? null : wrongName(name, "singularName", all, model)),
      pluralName: (name) => (isComponent || !isNew ? null : wrongName(name, "pluralName", all, model)),
    },
  });
  const name = (displayName: string) => {
    form.setFieldValue("displayName", displayName);
    if (!model && !form.isTouched("singularName")) form.setFieldValue("singularName", slug(displayName));
    if (!model && !form.isTouched("pluralName")) form.setFieldValue("pluralName", plural(slug(displayName)));
  };
  const done = (values: Values) => {
    const made = modelOf(values, isComponent, model);
    const isTaken = isNew && made.uid !== model?.uid && all[made.uid];
    if (isTaken) form.setFieldError(isComponent ? "displayName" : "singularName", texts.builder.taken);
    else onDone(made);
  };
  const categories = [...new Set(Object.values(all).flatMap(({ category }) => category || []))];
  return (
    <form
      onSubmit={(event) => {
        event.stopPropagation(); // this form may stand in another one
        form.onSubmit(done)(event);
      }}
      noValidate
    >
      <Stack>
        <TextInput
          label={texts.builder.displayName}
          required
          data-autofocus
          {...form.getInputProps("displayName")}
          onChange={(event) => name(event.currentTarget.value)}
        />
        {isComponent ? (
          <>
            <Autocomplete
              label={texts.builder.category}
              required
              data={categories}
              comboboxProps={{ withinPortal: false }}
              {...form.getInputProps("category")}
            />
            <TextInput
              label={texts.builder.icon}
              description={texts.builder.iconHint}
              {...form.getInputProps("icon")}
            />
          </>
        ) : (
          <>
            <Radio.Group label={texts.builder.kind} {...form.getInputProps("kind")}>
              <Stack gap="xs" mt={4}>
                {(["collectionType", "singleType"] as const).map((kind) => (
                  <Radio
                    key={kind}
                    value={kind}
                    label={texts.builder.kinds[kind]}
                    description={texts.builder.kindHints[kind]}
                  />
                ))}
              </Stack>
            </Radio.Group>
            {isNew && (
              <>
                <TextInput
                  label={texts.builder.singular}
                  description={texts.builder.singularHint}
                  required
                  {...form.getInputProps("singularName")}
                />
                <TextInput label={texts.builder.plural} required {...form.getInputProps("pluralName")} />
              </>
            )}
            <Switch
              label={texts.builder.drafts}
              description={texts.builder.draftsHint}
              {...form.getInputProps("draftAndPublish", { type: "checkbox" })}
            />
            <Switch
              label={texts.builder.localized}
              description={texts.builder.localizedHint}
              {...form.getInputProps("localized", { type: "checkbox" })}
            />
          </>
        )}
        <Textarea label={texts.builder.description} autosize minRows={2} {...form.getInputProps("description")} />
        <Group justify="flex-end">
          <Button type="submit">{texts.builder.apply}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function valuesOf(model?: Model): Values {
  return {
    displayName: model?.displayName ?? "",
    description: model?.description ?? "",
    kind: model?.kind ?? "collectionType",
    singularName: model?.singularName ?? "",
    pluralName: model?.pluralName ?? "",
    draftAndPublish: model?.draftAndPublish ?? true,
    localized: model ? isLocalized(model) : false,
    category: model?.category ?? "",
    icon: model?.icon ?? "",
  };
}

function wrongName(name: string, key: "singularName" | "pluralName", all: Blueprint, model?: Model): string | null {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return texts.builder.kebab;
  const others = Object.values(all).filter(({ uid, isComponent }) => uid !== model?.uid && !isComponent);
  const taken = others.some((each) => each[key] === name);
  return taken ? texts.builder.taken : null;
}

function modelOf({ localized, ...values }: Values, isComponent: boolean, model?: Model): Model {
  const isNew = !model || model.isNew;
  const name = isComponent
    ? `${slug(values.category)}.${slug(values.displayName)}`
    : `api::${values.singularName}.${values.singularName}`;
  const before = model?.pluginOptions ?? {};
  const pluginOptions =
    isComponent || localized === before.i18n?.localized || (!localized && !before.i18n)
      ? before
      : { ...before, i18n: { ...before.i18n, localized } };
  return {
    fields: [],
    isShown: true,
    onlyRelations: null,
    ...model,
    ...values,
    // The uid of something new follows from its name; later it stays.
    uid: isNew ? name : model.uid,
    isComponent,
    isNew,
    pluginOptions,
  };
}
