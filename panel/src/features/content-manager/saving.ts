// Saving and publishing what was changed: what the server says is wrong stands beside its field, and nothing typed is lost.
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ContentSchema, ContentType, Document, Entry, Values } from "@/api/content";
import { Problem } from "@/api/problem";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { tellDone, tellProblem } from "@/components/notices";
import { allInPlainWords } from "@/inputs/complaints";
import type { Draft } from "@/inputs/draft";
import type { Place } from "@/inputs/input";
import { isOwnedByServer, prepared, sendable } from "@/inputs/values";
import { documentQuery, forgetContent, publishDocument, readDocument, saveDocument } from "./api";
import { focusField } from "./focus";
import { entryPlace } from "./places";

export interface Editing {
  type: ContentType;
  documentId: string | undefined;
  locale: string | undefined;
  schema: ContentSchema;
  draft: Draft;
  document: Document;
  isNew: boolean; // in this language
  place: Place;
}

type Deed = "save" | "publish";

export interface Saving {
  pending: Deed | undefined;
  save: () => void;
  publish: () => void;
  conflict: { deed: Deed; with: Entry } | undefined;
  insist: () => void;
  yield: () => void;
  reload: () => Promise<void>;
}

export function useSaving(editing: Editing): Saving {
  const { type, documentId, locale, draft, document, isNew } = editing;
  const navigate = useNavigate();
  const [conflict, setConflict] = useState<Saving["conflict"]>();
  const target = { type, documentId, locale };

  const settle = async (saved: Document, sent: Values) => {
    if (type.kind === "collectionType" && !documentId) {
      draft.settle(draft.values, sent);
      void forgetContent();
      return navigate({
        to: entryPlace(type, String(saved.data.documentId)),
        search: (before: object) => before,
        replace: true,
      });
    }
    await forgetContent();
    draft.settle(prepared(saved.data, type.attributes, editing.schema, draft.values), sent);
    queries.setQueryData(documentQuery(target).queryKey, saved);
  };

  const act = useMutation({
    meta: { inForm: true },
    mutationFn: async ({ deed, sure }: { deed: Deed; sure: boolean }) => {
      const sent = draft.values;
      const send = deed === "publish" ? publishDocument : saveDocument;
      const answer = await send({ ...target, expected: sure ? undefined : document.tag }, bodyOf(editing));
      // Publishing answers with what is published, and one goes on with the draft.
      const goesOn = documentId !== undefined || type.kind === "singleType";
      const saved = deed === "publish" && goesOn ? await readDocument(target) : answer;
      await settle(saved, sent);
      tellDone(deed === "publish" ? texts.content.published : texts.content.saved);
    },
    onError: async (error, { deed }) => {
      if (error instanceof Problem && error.status === 412) {
        const { data } = await readDocument(target);
        return "documentId" in data ? setConflict({ deed, with: data as Entry }) : tellProblem(error);
      }
      const fields = error instanceof Problem ? error.fields : {};
      const [first] = Object.keys(fields);
      if (first === undefined) return tellProblem(error);
      draft.fail(allInPlainWords(fields));
      requestAnimationFrame(() => focusField(first));
    },
  });

  const run = (deed: Deed, sure = false) => {
    if (act.isPending) return;
    const refused = draft.refused();
    if (refused) return focusField(refused);
    if (deed === "save" && !isNew && draft.changed().length === 0) return;
    act.mutate({ deed, sure });
  };
  return {
    pending: act.isPending ? act.variables.deed : undefined,
    save: () => run("save"),
    publish: () => run("publish"),
    conflict,
    insist: () => {
      setConflict(undefined);
      if (conflict) run(conflict.deed, true);
    },
    yield: () => setConflict(undefined),
    reload: async () => {
      const now = await readDocument(target);
      await settle(now, draft.values);
    },
  };
}

/** Return what is sent: of a new entry everything, otherwise what was changed; never what one may not write. */
function bodyOf({ type, schema, draft, isNew, place }: Editing): Values {
  const names = isNew ? Object.keys(draft.values) : draft.changed();
  const own = names.filter((name) => !isOwnedByServer(name) && place.mayWrite(name));
  return sendable(Object.fromEntries(own.map((name) => [name, draft.values[name]])), type.attributes, schema);
}
