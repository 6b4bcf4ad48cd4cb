// What every input gets, and where it stands.
import { createContext, useContext } from "react";
import type { Attribute, ContentSchema, Model, View, Views } from "@/api/content";
import type { Path } from "./draft";

export interface InputProps<Value = unknown> {
  path: Path;
  id: string; // of the element that is to be focused
  name: string;
  attribute: Attribute;
  label: string;
  description?: string | undefined;
  placeholder?: string | undefined;
  required: boolean;
  readOnly: boolean;
  value: Value | null | undefined;
  error?: string | undefined;
  onChange(value: Value | null): void; // a method, since a form knows an input only by the type of its attribute
}

/** What is edited, as far as inputs have to know it. */
export interface Place {
  schema: ContentSchema;
  views: Views;
  uid: string; // of the content type
  documentId: string | undefined;
  locale: string | undefined;
  readOnly: boolean;
  mayWrite: (path: string) => boolean; // the path of an attribute without the numbers of list items
  mayRead: (path: string) => boolean;
}

const PlaceContext = createContext<Place | null>(null);

export const PlaceProvider = PlaceContext.Provider;

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error("An input stands outside of a form");
  return place;
}

/** The model whose attributes stand next to each other, and the row they belong to. */
export interface Owner {
  model: Model;
  view: View;
  row: string | undefined; // the document, or the row of a component
}

const OwnerContext = createContext<Owner | null>(null);

export const OwnerProvider = OwnerContext.Provider;

export function useOwner(): Owner {
  const owner = useContext(OwnerContext);
  if (!owner) throw new Error("An input stands outside of a form");
  return owner;
}

/** Return what the props of every Mantine input are made from. */
export function common<Value>(props: InputProps<Value>) {
  const { id, name, label, description, placeholder, required, readOnly, error } = props;
  return {
    id,
    name,
    label,
    description: description || undefined,
    placeholder: placeholder || undefined,
    required,
    disabled: readOnly,
    error,
  };
}
