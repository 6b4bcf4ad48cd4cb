// What the forms of API tokens and transfer tokens share: fields, buttons, the key, and the rights in between.
import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { FormProblem, required, useSave } from "@/components/form";
import { LeaveGuard } from "@/components/LeaveGuard";
import { tellDone } from "@/components/notices";
import { PageHeader } from "@/components/PageHeader";
import type { Lifespan, Token } from "./api";
import { KeyCard } from "./KeyCard";
import { reveal } from "./revealed";
import { DeleteButton, RegenerateButton } from "./TokenActions";
import { lifespanOf, newToken, TokenFields, type TokenValues, valuesOf } from "./TokenFields";

export interface Kind {
  name: string; // as in addresses and in the cache
  list: string;
  title: string;
  create: string;
  remove: (id: number) => Promise<unknown>;
  regenerate: (id: number) => Promise<{ accessKey: string }>;
}

interface Draft {
  name: string;
  description: string;
  lifespan: Lifespan;
}

interface Props {
  kind: Kind;
  token?: Token | undefined;
  dirty: boolean; // whether the rights were changed
  may: { save: boolean; remove: boolean; regenerate: boolean };
  fault?: string | null; // what is wrong with the rights
  create: (draft: Draft) => Promise<{ id: number; accessKey: string }>;
  change: (id: number, draft: Omit<Draft, "lifespan">) => Promise<unknown>;
  children: ReactNode;
}

export function OtherTokenForm({ kind, token, dirty, may, fault, create, change, children }: Props) {
  const navigate = useNavigate();
  const form = useForm<TokenValues>({
    initialValues: token ? valuesOf(token) : newToken,
    validate: { name: required },
  });
  const send = async (values: TokenValues) => {
    const { name, description } = values;
    if (token) {
      await change(token.id, { name, description });
      return token.id;
    }
    const made = await create({ name, description, lifespan: lifespanOf(values) });
    reveal(`${kind.name}/${made.id}`, made.accessKey);
    return made.id;
  };
  const save = useSave(form, send, async (id, values) => {
    form.resetDirty(values);
    await queries.invalidateQueries({ queryKey: [kind.name] });
    if (token) tellDone(texts.common.saved);
    else await navigate({ to: `${kind.list}/${id}`, replace: true, ignoreBlocker: true });
  });
  return (
    <form onSubmit={form.onSubmit((values) => (fault ? undefined : save.mutate(values)))} noValidate>
      <PageHeader title={token?.name ?? kind.create} back={{ to: kind.list, label: kind.title }}>
        {token && may.remove && <DeleteButton token={token} list={kind.list} queryKey={kind.name} send={kind.remove} />}
        {token && may.regenerate && (
          <RegenerateButton token={token} place={`${kind.name}/${token.id}`} send={kind.regenerate} />
        )}
        {may.save && (
          <Button type="submit" loading={save.isPending}>
            {texts.common.save}
          </Button>
        )}
      </PageHeader>
      {token && <KeyCard place={`${kind.name}/${token.id}`} />}
      <FormProblem error={save.error} />
      <TokenFields form={form} token={token} readOnly={!may.save} />
      {children}
      <LeaveGuard
        when={(form.isDirty() || dirty) && !save.isPending}
        title={texts.common.unsavedTitle}
        message={texts.common.unsaved}
      />
    </form>
  );
}
