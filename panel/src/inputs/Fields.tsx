// The inputs of a model next to each other, as its view lays them out.
import { Box } from "@mantine/core";
import { memo, useCallback, useMemo } from "react";
import type { View } from "@/api/content";
import { keyOf, type Path, useDraft, useDraftState, useValue } from "./draft";
import { type InputProps, OwnerProvider, useOwner, usePlace } from "./input";
import { inputFor } from "./registry";
import { isOwnedByServer } from "./values";
import { labelOf } from "./words";

/** The inputs of a component. */
export function PartFields({ uid, path, row }: { uid: string; path: Path; row: number | undefined }) {
  const { schema, views } = usePlace();
  const model = schema.components.find((component) => component.uid === uid);
  const view = views.components[uid];
  const owner = useMemo(
    () => (model && view ? { model, view, row: row === undefined ? undefined : String(row) } : null),
    [model, view, row],
  );
  if (!owner) return null;
  return (
    <OwnerProvider value={owner}>
      <Fields path={path} />
    </OwnerProvider>
  );
}

/** The inputs of whatever model they stand in. */
export function Fields({ path }: { path: Path }) {
  const { model, view } = useOwner();
  const { mayRead } = usePlace();
  return (
    <Box className="panel-fields">
      {placed(view).map(({ name, size }) =>
        model.attributes[name] && !isOwnedByServer(name) && mayRead(plain([...path, name])) ? (
          <Box
            key={name}
            style={{ "--panel-size": size }}
            className="panel-field"
            data-type={model.attributes[name]?.type}
          >
            <Field path={path} name={name} />
          </Box>
        ) : null,
      )}
    </Box>
  );
}

const placed = ({ layouts }: View) => layouts.edit.flat();

/** Return the path of an attribute as rights name it: without the places of list items. */
const plain = (path: Path): string => path.filter((step) => typeof step === "string").join(".");

const Field = memo(function Field({ path: parent, name }: { path: Path; name: string }) {
  const place = usePlace();
  const { model, view } = useOwner();
  const draft = useDraft();
  const key = keyOf([...parent, name]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a path is the same when it has the same key
  const path = useMemo<Path>(() => [...parent, name], [key]);
  const value = useValue(path);
  const error = useDraftState((each) => each.errorAt(path));
  const onChange = useCallback((next: unknown) => draft.set(path, next), [draft, path]);
  const attribute = model.attributes[name];
  if (!attribute) return null;
  const shown = view.metadatas[name]?.edit;
  const Input = inputFor(attribute);
  const props: InputProps = {
    path,
    id: `field-${key}`,
    name: key,
    attribute,
    label: labelOf(name, view),
    description: shown?.description,
    placeholder: shown?.placeholder,
    required: attribute.required ?? false,
    readOnly: place.readOnly || shown?.editable === false || !place.mayWrite(plain(path)),
    value,
    error,
    onChange,
  };
  return <Input {...props} />;
});
