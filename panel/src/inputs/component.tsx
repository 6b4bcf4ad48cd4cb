// A component, or a list of components.
import { ActionIcon, Button, Card, Input, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Attribute } from "@/api/content";
import { texts } from "@/app/texts";
import { useDraft, useDraftState } from "./draft";
import { PartFields } from "./Fields";
import { Items, moved } from "./Items";
import { type InputProps, usePlace } from "./input";
import { KEY, newPart, type Part } from "./values";
import { nameOfPart } from "./words";

export function ComponentInput(props: InputProps<Part | Part[]>) {
  const place = usePlace();
  const uid = props.attribute.component ?? "";
  const model = place.schema.components.find((component) => component.uid === uid);
  if (!model) throw new Error(`There is no component ${uid}`);
  return props.attribute.repeatable ? <Parts props={props} uid={uid} /> : <Single props={props} uid={uid} />;
}

function Single({ props, uid }: { props: InputProps<Part | Part[]>; uid: string }) {
  const { schema } = usePlace();
  const part = props.value as Part | null | undefined;
  return (
    <Frame props={props}>
      {part ? (
        <Card withBorder id={props.id} tabIndex={-1}>
          {!props.readOnly && (
            <ActionIcon
              pos="absolute"
              top={8}
              right={8}
              style={{ zIndex: 1 }}
              aria-label={texts.content.removeItem(props.label)}
              onClick={() => props.onChange(null)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          )}
          <PartFields uid={uid} path={props.path} row={part.id} />
        </Card>
      ) : (
        <Button
          id={props.id}
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={props.readOnly}
          onClick={() => props.onChange(newPart(uid, schema))}
        >
          {texts.content.addPart(props.label)}
        </Button>
      )}
    </Frame>
  );
}

function Parts({ props, uid }: { props: InputProps<Part | Part[]>; uid: string }) {
  const place = usePlace();
  const draft = useDraft();
  const parts = (props.value ?? []) as Part[];
  const [fresh, setFresh] = useState<string>();
  const wrong = useDraftState((each) =>
    parts
      .filter((_, index) => each.isWrong([...props.path, index]))
      .map((part) => part[KEY])
      .join(),
  );
  const model = place.schema.components.find((component) => component.uid === uid);
  if (!model) return null;
  const add = () => {
    const part = newPart(uid, place.schema);
    setFresh(part[KEY]);
    draft.set(props.path, [...parts, part]);
  };
  const items = parts.map((part, index) => ({
    key: part[KEY],
    label:
      nameOfPart(part, model, place.views.components[uid]) ?? texts.content.numbered(model.info.displayName, index + 1),
    isWrong: wrong.split(",").includes(part[KEY]),
    isNew: part[KEY] === fresh,
    content: () => <PartFields uid={uid} path={[...props.path, index]} row={part.id} />,
  }));
  return (
    <Frame props={props}>
      <Items
        items={items}
        readOnly={props.readOnly}
        onMove={(from, to) => props.onChange(moved(parts, from, to))}
        onRemove={(gone) => props.onChange(parts.filter((_, index) => index !== gone))}
      />
      <Button
        id={props.id}
        mt={parts.length ? "xs" : 0}
        variant="default"
        leftSection={<IconPlus size={16} />}
        disabled={props.readOnly || isFull(parts, props.attribute)}
        onClick={add}
      >
        {texts.content.addPart(model.info.displayName)}
      </Button>
      {isFull(parts, props.attribute) && (
        <Text size="xs" c="dimmed" mt={4}>
          {texts.content.atMost(Number(props.attribute.max))}
        </Text>
      )}
    </Frame>
  );
}

export const isFull = (parts: readonly unknown[], { max }: Attribute): boolean =>
  max !== undefined && parts.length >= Number(max);

/** The name of a component, with what is wrong with it as a whole. */
export function Frame({
  props,
  children,
}: {
  props: InputProps<never> | InputProps<Part | Part[]> | InputProps<Part[]>;
  children: React.ReactNode;
}) {
  return (
    <Input.Wrapper
      label={props.label}
      labelElement="div"
      description={props.description}
      required={props.required}
      error={props.error}
    >
      <fieldset aria-label={props.label} className="panel-part">
        {children}
      </fieldset>
    </Input.Wrapper>
  );
}
