// All content types and components, and the way to new ones.
import { Anchor, Badge, Button, Group, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { texts } from "@/app/texts";
import { type Column, DataTable, EmptyState } from "@/components/DataTable";
import { Dialog } from "@/components/Dialog";
import { PageHeader } from "@/components/PageHeader";
import { type Model, withModel } from "./blueprint";
import { Frame, type Opened, ROOT } from "./Frame";
import { ModelForm } from "./ModelForm";
import { studio } from "./studio";

export function BuilderPage() {
  return (
    <>
      <PageHeader title={texts.builder.title} hint={texts.builder.hint} />
      <Frame>{(opened) => <Lists {...opened} />}</Frame>
    </>
  );
}

function Lists({ all, difference, readOnly }: Opened) {
  const models = Object.values(all).filter(({ isShown }) => isShown);
  const columns = useMemo(() => columnsOf(difference), [difference]);
  const types = models.filter(({ isComponent }) => !isComponent);
  const components = models.filter(({ isComponent }) => isComponent);
  return (
    <>
      <Head title={texts.builder.types}>{!readOnly && <NewModel isComponent={false} all={all} />}</Head>
      <DataTable
        label={texts.builder.types}
        rows={byName(types)}
        columns={columns}
        idOf={({ uid }) => uid}
        empty={null}
      />
      <Head title={texts.builder.components}>{!readOnly && <NewModel isComponent all={all} />}</Head>
      <DataTable
        label={texts.builder.components}
        rows={byName(components)}
        columns={columns}
        idOf={({ uid }) => uid}
        empty={<EmptyState title={texts.builder.noComponents} hint={texts.builder.noComponentsHint} />}
      />
    </>
  );
}

function Head({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Group justify="space-between" mt="lg" mb="xs">
      <Title order={2} size="h4">
        {title}
      </Title>
      {children}
    </Group>
  );
}

function NewModel({ isComponent, all }: { isComponent: boolean; all: Opened["all"] }) {
  const [opened, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  const title = isComponent ? texts.builder.newComponent : texts.builder.newType;
  return (
    <>
      <Button size="sm" leftSection={<IconPlus size={16} />} onClick={dialog.open}>
        {title}
      </Button>
      <Dialog opened={opened} onClose={dialog.close} title={title}>
        <ModelForm
          all={all}
          isComponent={isComponent}
          onDone={(model) => {
            studio.change((before) => withModel(before, model));
            dialog.close();
            void navigate({ to: `${ROOT}/${model.uid}` });
          }}
        />
      </Dialog>
    </>
  );
}

const byName = (models: Model[]) =>
  models.sort(
    (one, other) => one.category.localeCompare(other.category) || one.displayName.localeCompare(other.displayName),
  );

function columnsOf({ made, changed }: Opened["difference"]): Column<Model>[] {
  const news = new Set(made.map(({ uid }) => uid));
  const others = new Set(changed.map(({ now }) => now.uid));
  return [
    {
      id: "name",
      header: texts.builder.name,
      value: ({ displayName }) => displayName.toLowerCase(),
      cell: ({ uid, displayName }) => (
        <Group gap="xs">
          <Anchor component={Link} to={`${ROOT}/${uid}`} fw={600}>
            {displayName}
          </Anchor>
          {news.has(uid) && <Badge color="green">{texts.builder.isNew}</Badge>}
          {others.has(uid) && <Badge color="yellow">{texts.builder.isChanged}</Badge>}
        </Group>
      ),
    },
    {
      id: "kind",
      header: texts.builder.kind,
      value: kindOf,
      cell: (model) => <Text size="sm">{kindOf(model)}</Text>,
    },
    {
      id: "fields",
      header: texts.builder.fields,
      wide: true,
      value: ({ fields }) => fields.length,
      cell: ({ fields }) => texts.builder.fieldCount(fields.length),
    },
  ];
}

const kindOf = ({ isComponent, category, kind }: Model) => (isComponent ? category : texts.builder.kinds[kind]);
