// A dynamic zone: components of several kinds, in an order.
import { Button, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { Component, ContentSchema } from "@/api/content";
import { texts } from "@/app/texts";
import { Frame, isFull } from "./component";
import { useDraftState } from "./draft";
import { PartFields } from "./Fields";
import { Items, moved } from "./Items";
import { type InputProps, usePlace } from "./input";
import { KEY, newPart, type Part } from "./values";
import { nameOfPart } from "./words";

export function ZoneInput(props: InputProps<Part[]>) {
  const place = usePlace();
  const parts = props.value ?? [];
  const [fresh, setFresh] = useState<string>();
  const wrong = useDraftState((draft) =>
    parts
      .filter((_, index) => draft.isWrong([...props.path, index]))
      .map((part) => part[KEY])
      .join(),
  );
  const add = (uid: string) => {
    const part = { ...newPart(uid, place.schema), __component: uid };
    setFresh(part[KEY]);
    props.onChange([...parts, part]);
  };
  const items = parts.map((part, index) => {
    const uid = String(part.__component);
    const model = componentOf(place.schema, uid);
    const kind = model?.info.displayName ?? uid;
    const name = model && nameOfPart(part, model, place.views.components[uid]);
    return {
      key: part[KEY],
      kind: name ? kind : undefined,
      label: name ?? texts.content.numbered(kind, index + 1),
      isWrong: wrong.split(",").includes(part[KEY]),
      isNew: part[KEY] === fresh,
      content: () => <PartFields uid={uid} path={[...props.path, index]} row={part.id} />,
    };
  });
  return (
    <Frame props={props}>
      <Items
        items={items}
        readOnly={props.readOnly}
        onMove={(from, to) => props.onChange(moved(parts, from, to))}
        onRemove={(gone) => props.onChange(parts.filter((_, index) => index !== gone))}
      />
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <Button
            id={props.id}
            mt={parts.length ? "xs" : 0}
            variant="default"
            leftSection={<IconPlus size={16} />}
            disabled={props.readOnly || isFull(parts, props.attribute)}
          >
            {texts.content.addTo(props.label)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(props.attribute.components ?? []).map((uid) => (
            <Menu.Item key={uid} onClick={() => add(uid)}>
              {componentOf(place.schema, uid)?.info.displayName ?? uid}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Frame>
  );
}

function componentOf(schema: ContentSchema, uid: string): Component | undefined {
  return schema.components.find((component) => component.uid === uid);
}
