// The server's description of all content types and components, read once.
import type { Blueprint, Model, Properties } from "./blueprint";

interface SentModel {
  uid: string;
  info: { displayName?: string; description?: string; icon?: string; singularName?: string; pluralName?: string };
  attributes: (Properties & { name: string })[];
}

interface SentType extends SentModel {
  kind: Model["kind"];
  visible: boolean;
  options: { draftAndPublish?: boolean };
  pluginOptions?: Model["pluginOptions"];
  restrictRelationsTo: string[] | null;
}

interface SentComponent extends SentModel {
  category: string;
}

export interface SentSchema {
  contentTypes: Record<string, SentType>;
  components: Record<string, SentComponent>;
}

export function blueprintOf({ contentTypes, components }: SentSchema): Blueprint {
  const models = [...Object.values(contentTypes).map(typeOf), ...Object.values(components).map(componentOf)];
  return Object.fromEntries(models.map((model) => [model.uid, model]));
}

function modelOf({ uid, info, attributes }: SentModel) {
  return {
    uid,
    isNew: false,
    displayName: info.displayName ?? uid,
    description: info.description ?? "",
    icon: info.icon ?? "",
    singularName: info.singularName ?? "",
    pluralName: info.pluralName ?? "",
    fields: attributes.map(({ name, ...properties }) => ({ name, was: name, properties })),
  };
}

function typeOf(sent: SentType): Model {
  return {
    ...modelOf(sent),
    isComponent: false,
    isShown: sent.visible,
    kind: sent.kind,
    draftAndPublish: sent.options.draftAndPublish ?? false,
    pluginOptions: sent.pluginOptions ?? {},
    onlyRelations: sent.restrictRelationsTo,
    category: "",
  };
}

function componentOf(sent: SentComponent): Model {
  return {
    ...modelOf(sent),
    isComponent: true,
    isShown: true,
    kind: "collectionType",
    draftAndPublish: false,
    pluginOptions: {},
    onlyRelations: [],
    category: sent.category,
  };
}
