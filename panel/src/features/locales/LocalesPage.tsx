// The languages of the project.
import { ActionIcon, Badge, Button, Checkbox, Group, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { bare, client } from "@/api/client";
import { useCan } from "@/app/me";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { DataTable } from "@/components/DataTable";
import { Dialog } from "@/components/Dialog";
import { FormProblem, required, useSave } from "@/components/form";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";

interface Locale {
  id: number;
  name: string;
  code: string;
  isDefault: boolean;
}

const localesQuery = queryOptions({
  queryKey: ["locales"],
  queryFn: () => bare<Locale[]>(client.GET("/i18n/locales")),
});

const knownQuery = queryOptions({
  queryKey: ["locales", "known"],
  queryFn: () => bare<{ code: string; name: string }[]>(client.GET("/i18n/iso-locales")),
  staleTime: Number.POSITIVE_INFINITY,
});

const at = (id: number) => ({ path: { id: String(id) } });
const done = () => queries.invalidateQueries();

export function LocalesPage() {
  const locales = useQuery(localesQuery);
  const can = useCan();
  const [adding, dialog] = useDisclosure(false);
  const [edited, setEdited] = useState<Locale>();
  const [doomed, setDoomed] = useState<Locale>();
  const remove = useMutation({
    mutationFn: (id: number) => bare(client.DELETE("/i18n/locales/{id}", { params: at(id) })),
    onSuccess: () => {
      setDoomed(undefined);
      return done();
    },
  });
  return (
    <>
      <PageHeader title={texts.nav.locales} hint={texts.locales.hint}>
        {can("plugin::i18n.locale.create") && (
          <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
            {texts.locales.add}
          </Button>
        )}
      </PageHeader>
      <QueryProblem query={locales} />
      <DataTable
        label={texts.nav.locales}
        rows={locales.data}
        idOf={({ id }) => id}
        empty={null}
        columns={[
          {
            id: "name",
            header: texts.locales.name,
            value: ({ name }) => name,
            cell: ({ name, isDefault }) => (
              <Group gap="xs">
                {name}
                {isDefault && <Badge>{texts.locales.default}</Badge>}
              </Group>
            ),
          },
          { id: "code", header: texts.locales.code, value: ({ code }) => code, cell: ({ code }) => code },
          {
            id: "actions",
            header: texts.common.actions,
            cell: (locale) => (
              <Group gap={4} wrap="nowrap">
                {can("plugin::i18n.locale.update") && (
                  <ActionIcon aria-label={texts.locales.edit(locale.name)} onClick={() => setEdited(locale)}>
                    <IconPencil size={16} />
                  </ActionIcon>
                )}
                {can("plugin::i18n.locale.delete") && !locale.isDefault && (
                  <ActionIcon aria-label={texts.locales.remove(locale.name)} onClick={() => setDoomed(locale)}>
                    <IconTrash size={16} />
                  </ActionIcon>
                )}
              </Group>
            ),
          },
        ]}
      />
      <Dialog opened={adding} onClose={dialog.close} title={texts.locales.add}>
        <NewLocale taken={locales.data ?? []} onDone={dialog.close} />
      </Dialog>
      <Dialog opened={edited !== undefined} onClose={() => setEdited(undefined)} title={edited?.name}>
        {edited && <LocaleForm locale={edited} onDone={() => setEdited(undefined)} />}
      </Dialog>
      <Confirm
        opened={doomed !== undefined}
        title={texts.locales.deleteTitle(doomed?.name ?? "")}
        action={texts.common.delete}
        typed={doomed?.code}
        pending={remove.isPending}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
        onClose={() => setDoomed(undefined)}
      >
        {texts.locales.deleteWarning}
      </Confirm>
    </>
  );
}

function NewLocale({ taken, onDone }: { taken: Locale[]; onDone: () => void }) {
  const known = useQuery(knownQuery);
  const used = new Set(taken.map(({ code }) => code));
  const form = useForm({ initialValues: { code: "", isDefault: false }, validate: { code: required } });
  const add = ({ code, isDefault }: { code: string; isDefault: boolean }) => {
    const name = known.data?.find((each) => each.code === code)?.name ?? code;
    // The codes are checked by the server; the description lists them all.
    return bare(client.POST("/i18n/locales", { body: { code: code as never, name, isDefault } }));
  };
  const save = useSave(form, add, () => {
    onDone();
    return done();
  });
  const choices = (known.data ?? [])
    .filter(({ code }) => !used.has(code))
    .map(({ code, name }) => ({ value: code, label: name }));
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={save.error} />
        <Select
          label={texts.locales.locale}
          searchable
          limit={50}
          data={choices}
          required
          data-autofocus
          {...form.getInputProps("code")}
        />
        <Checkbox label={texts.locales.makeDefault} {...form.getInputProps("isDefault", { type: "checkbox" })} />
        <Button type="submit" loading={save.isPending}>
          {texts.locales.add}
        </Button>
      </Stack>
    </form>
  );
}

function LocaleForm({ locale, onDone }: { locale: Locale; onDone: () => void }) {
  const form = useForm({
    initialValues: { name: locale.name, isDefault: locale.isDefault },
    validate: { name: required },
  });
  const save = useSave(
    form,
    (body) => bare(client.PUT("/i18n/locales/{id}", { params: at(locale.id), body })),
    () => {
      onDone();
      return done();
    },
  );
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={save.error} />
        <TextInput label={texts.locales.name} required data-autofocus {...form.getInputProps("name")} />
        <Checkbox
          label={texts.locales.makeDefault}
          disabled={locale.isDefault}
          {...form.getInputProps("isDefault", { type: "checkbox" })}
        />
        <Button type="submit" loading={save.isPending}>
          {texts.common.save}
        </Button>
      </Stack>
    </form>
  );
}
