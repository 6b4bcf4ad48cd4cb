// Content as the server tells of it. Its description has no shapes of answers, so they stand here by hand.
import type { Page } from "./types";

export type Values = Record<string, unknown>;

export type AttributeType =
  | "string"
  | "text"
  | "richtext"
  | "blocks"
  | "email"
  | "password"
  | "uid"
  | "enumeration"
  | "integer"
  | "biginteger"
  | "float"
  | "decimal"
  | "boolean"
  | "date"
  | "time"
  | "datetime"
  | "timestamp"
  | "json"
  | "component"
  | "dynamiczone"
  | "relation"
  | "media";

export interface Attribute {
  type: AttributeType;
  required?: boolean;
  unique?: boolean;
  private?: boolean;
  default?: unknown;
  min?: number | string;
  max?: number | string;
  minLength?: number;
  maxLength?: number;
  enum?: string[];
  targetField?: string; // of a uid
  component?: string;
  repeatable?: boolean;
  components?: string[]; // of a dynamic zone
  relationType?: string;
  targetModel?: string;
  multiple?: boolean; // of media
  allowedTypes?: string[] | null; // of media: images, videos, audios, files
  visible?: boolean;
  pluginOptions?: { i18n?: { localized?: boolean } };
}

export type Attributes = Record<string, Attribute>;

export interface Model {
  uid: string;
  info: { displayName: string; description?: string; pluralName?: string };
  attributes: Attributes;
}

export interface ContentType extends Model {
  kind: "collectionType" | "singleType";
  isDisplayed: boolean;
  options: { draftAndPublish?: boolean };
  pluginOptions: { i18n?: { localized?: boolean } };
}

export interface Component extends Model {
  category: string;
}

export interface ContentSchema {
  contentTypes: ContentType[];
  components: Component[];
}

interface FieldView {
  label?: string;
  description?: string;
  placeholder?: string;
  visible?: boolean;
  editable?: boolean;
  mainField?: string;
}

interface ColumnView {
  label?: string;
  searchable?: boolean;
  sortable?: boolean;
  mainField?: string;
}

/** How a model is shown: its lists and its forms. */
export interface View {
  uid: string;
  settings: { pageSize: number; mainField: string; defaultSortBy: string; defaultSortOrder: string };
  metadatas: Record<string, { edit: FieldView; list: ColumnView }>;
  layouts: { list: string[]; edit: { name: string; size: number }[][] };
}

export interface Views {
  contentType: View;
  components: Record<string, View>;
}

export type Status = "draft" | "published" | "modified";

export interface Entry extends Values {
  id: number;
  documentId: string;
  createdAt: string;
  updatedAt: string;
  publishedAt: string | null;
  locale: string | null;
  status?: Status;
  localizations?: { locale: string; status?: Status }[];
}

export interface Translation {
  id: number;
  locale: string;
  status?: Status;
  updatedAt: string;
}

/** One document in one locale; without an entry it has not been written in that locale. */
export interface Document {
  data: Entry | Record<string, never>;
  tag?: string; // of the version that this is
  meta: { availableLocales: Translation[]; availableStatus: { status?: Status; publishedAt?: string | null }[] };
}

export interface Linked extends Values {
  id: number;
  documentId: string;
  status?: Status;
  locale?: string | null;
}

export type Entries = Page<Entry>;

export interface Locale {
  id: number;
  name: string;
  code: string;
  isDefault: boolean;
}
