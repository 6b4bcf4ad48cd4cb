// One content type or component: its fields in their order.
import { Badge, Button, Card, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { EmptyState } from "@/components/DataTable";
import { Dialog } from "@/components/Dialog";
import { PageHeader } from "@/components/PageHeader";
import { moved } from "@/inputs/Items";
import { Missing } from "@/routes/states";
import { type Field, type Model, withField, withFields, withModelAs, withoutField, withoutModel } from "./blueprint";
import { FieldDialog } from "./FieldDialog";
import { FieldRow } from "./FieldRow";
import { Frame, type Opened, ROOT } from "./Frame";
import { ModelForm } from "./ModelForm";
import { studio, useWork } from "./studio";

export function ModelPage() {
  const { uid } = useParams({ strict: false }) as { uid: string };
  return <Frame>{(opened) => <Opening key={uid} uid={uid} {...opened} />}</Frame>;
}

function Opening({ uid, ...opened }: Opened & { uid: string }) {
  const model = opened.all[uid];
  return model?.isShown ? <Fields model={model} {...opened} /> : <Missing />;
}

type Asked = "new" | Field | undefined;

function Fields({ model, all, readOnly }: Opened & { model: Model }) {
  const [asked, ask] = useState<Asked>();
  const { saved, faults } = useWork();
  const { uid, fields } = model;
  const known = new Map(saved?.[uid]?.fields.map((field) => [field.name, JSON.stringify(field)]));
  const add = !readOnly && (
    <Button leftSection={<IconPlus size={16} />} variant="default" onClick={() => ask("new")}>
      {texts.builder.addField}
    </Button>
  );
  const before = typeof asked === "object" ? asked : undefined;
  return (
    <>
      <PageHeader title={model.displayName} hint={model.description} back={{ to: ROOT, label: texts.builder.title }}>
        {!readOnly && <RemoveModel model={model} />}
        {!readOnly && <EditModel model={model} all={all} />}
        {add}
      </PageHeader>
      <Traits model={model} />
      {fields.length === 0 ? (
        <Card withBorder>
          <EmptyState title={texts.builder.noFields} hint={texts.builder.noFieldsHint} />
        </Card>
      ) : (
        <ol className="panel-items" aria-label={texts.builder.fields}>
          {fields.map((field, index) => (
            <FieldRow
              key={field.name}
              field={field}
              all={all}
              readOnly={readOnly}
              isChanged={known.get(field.name) !== JSON.stringify(field)}
              fault={faults.find((each) => each.uid === uid && each.field === field.name)?.message}
              onOpen={() => ask(field)}
              onRemove={() => studio.change((models) => withoutField(models, uid, field))}
              onUp={index > 0 ? () => put(uid, moved(fields, index, index - 1)) : undefined}
              onDown={index < fields.length - 1 ? () => put(uid, moved(fields, index, index + 1)) : undefined}
            />
          ))}
        </ol>
      )}
      <FieldDialog
        opened={asked !== undefined}
        model={model}
        all={all}
        field={before}
        readOnly={readOnly}
        onClose={() => ask(undefined)}
        onDone={(field) => {
          studio.change((models) => withField(models, uid, field, before));
          ask(undefined);
        }}
      />
    </>
  );
}

const put = (uid: string, fields: Field[]) => studio.change((all) => withFields(all, uid, fields));

function Traits({ model }: { model: Model }) {
  const { isComponent, category, kind, draftAndPublish, pluginOptions, uid } = model;
  return (
    <Group gap="xs" mb="md">
      <Text size="sm" c="dimmed" ff="monospace">
        {uid}
      </Text>
      <Badge color="gray">{isComponent ? category : texts.builder.kinds[kind]}</Badge>
      {draftAndPublish && <Badge>{texts.builder.drafts}</Badge>}
      {pluginOptions.i18n?.localized && <Badge>{texts.builder.localized}</Badge>}
    </Group>
  );
}

function EditModel({ model, all }: { model: Model; all: Opened["all"] }) {
  const [opened, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={dialog.open}>
        {texts.builder.edit}
      </Button>
      <Dialog opened={opened} onClose={dialog.close} title={texts.builder.editTitle(model.displayName)}>
        <ModelForm
          all={all}
          isComponent={model.isComponent}
          model={model}
          onDone={(changed) => {
            studio.change((models) => withModelAs(models, model.uid, changed));
            dialog.close();
            if (changed.uid !== model.uid) void navigate({ to: `${ROOT}/${changed.uid}`, replace: true });
          }}
        />
      </Dialog>
    </>
  );
}

function RemoveModel({ model }: { model: Model }) {
  const [opened, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  if (!model.isComponent && !model.uid.startsWith("api::")) return null;
  return (
    <>
      <Button
        variant="default"
        c="var(--mantine-color-error)"
        leftSection={<IconTrash size={16} />}
        onClick={dialog.open}
      >
        {texts.builder.remove}
      </Button>
      <Confirm
        opened={opened}
        title={texts.builder.removeTitle(model.displayName)}
        action={texts.builder.remove}
        onConfirm={() => {
          dialog.close();
          void navigate({ to: ROOT }).then(() => studio.change((all) => withoutModel(all, model.uid)));
        }}
        onClose={dialog.close}
      >
        {texts.builder.removeHint}
      </Confirm>
    </>
  );
}
