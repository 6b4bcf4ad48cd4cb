// Before anything changes: what will be different, and then what content would be lost.
import { Button, Group, List, LoadingOverlay, Radio, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "@/api/problem";
import { queries } from "@/app/queries";
import { texts } from "@/app/texts";
import { Dialog } from "@/components/Dialog";
import { tellDone, wordsOf } from "@/components/notices";
import { type Confirmed, type Drop, type Losses, sendUpdate } from "./api";
import type { Blueprint } from "./blueprint";
import { studio } from "./studio";
import { summaryOf } from "./summary";
import { type Difference, faultsOf, renamesOf, updateOf } from "./update";

interface Props {
  opened: boolean;
  onClose: () => void;
  difference: Difference;
  all: Blueprint;
}

export function SaveDialog({ opened, onClose, difference, all }: Props) {
  const [losses, setLosses] = useState<Losses>();
  const close = () => {
    setLosses(undefined);
    onClose();
  };
  const named = { ...Object.fromEntries(difference.gone.map((model) => [model.uid, model])), ...all };
  const update = updateOf(difference);
  const renames = renamesOf(difference);
  const save = useMutation({
    meta: { inForm: true },
    mutationFn: ({ drops, renames: more }: Confirmed) => sendUpdate(update, { drops, renames: [...renames, ...more] }),
    onSuccess: async () => {
      close();
      studio.forget();
      await queries.invalidateQueries();
      tellDone(texts.builder.saved);
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 409 && isLosses(error.details)) return setLosses(error.details);
      studio.fail(
        error instanceof Problem && error.status === 400 ? faultsOf(error, update) : [{ message: wordsOf(error) }],
      );
      close();
    },
  });
  return (
    <Dialog
      opened={opened}
      onClose={close}
      size="lg"
      title={losses ? texts.builder.lossTitle : texts.builder.summaryTitle}
      closeOnClickOutside={!save.isPending}
      closeOnEscape={!save.isPending}
    >
      <LoadingOverlay visible={save.isPending} loaderProps={{ role: "status", "aria-label": texts.builder.saving }} />
      {losses ? (
        <LossQuestion losses={losses} all={named} onSave={save.mutate} onClose={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ drops: [], renames: [] });
          }}
        >
          <Stack>
            <List size="sm" data-testid="changes">
              {summaryOf(difference).map((line) => (
                <List.Item key={line}>{line}</List.Item>
              ))}
            </List>
            <Text size="sm" c="dimmed">
              {texts.builder.summaryHint}
            </Text>
            <Buttons label={texts.builder.save} onClose={close} />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}

const isLosses = (details: unknown): details is Losses => Array.isArray((details as Losses | undefined)?.drops);

function Buttons({ label, danger = false, onClose }: { label: string; danger?: boolean; onClose: () => void }) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {texts.common.cancel}
      </Button>
      <Button type="submit" color={danger ? "red.8" : "indigo"}>
        {label}
      </Button>
    </Group>
  );
}

interface QuestionProps {
  losses: Losses;
  all: Blueprint;
  onSave: (confirmed: Confirmed) => void;
  onClose: () => void;
}

function LossQuestion({ losses, all, onSave, onClose }: QuestionProps) {
  const [kept, keep] = useState<Readonly<Record<string, string>>>({}); // what goes on, and under which name
  const drops = losses.drops.filter(({ drop }) => !kept[drop]);
  const renames = losses.drops.flatMap(({ drop, uid, attribute }) => {
    const to = kept[drop];
    return to && attribute ? [{ uid, from: attribute, to }] : [];
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ drops: drops.map(({ drop }) => drop), renames });
      }}
    >
      <Stack>
        <Text size="sm">{texts.builder.lossHint}</Text>
        {losses.drops.map((drop) => (
          <Stack key={drop.drop} gap={4}>
            <Text size="sm" fw={600}>
              {lossInWords(drop, all)}
            </Text>
            <Rescue
              drop={drop}
              losses={losses}
              value={kept[drop.drop] ?? ""}
              onChange={(to) => keep({ ...kept, [drop.drop]: to })}
            />
          </Stack>
        ))}
        <Buttons
          danger={drops.length > 0}
          label={drops.length > 0 ? texts.builder.lossSave : texts.builder.lossKeep}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}

interface RescueProps {
  drop: Drop;
  losses: Losses;
  value: string;
  onChange: (to: string) => void;
}

/** Offer to keep a field that goes under the name of one that comes. */
function Rescue({ drop, losses, value, onChange }: RescueProps) {
  const { uid, attribute } = drop;
  const possible = losses.renames.filter((rename) => rename.uid === uid && rename.from === attribute);
  if (possible.length === 0 || !attribute) return null;
  return (
    <Radio.Group aria-label={texts.builder.lossWhat(attribute)} value={value} onChange={onChange}>
      <Group>
        <Radio value="" label={texts.builder.lossDelete} />
        {possible.map(({ to }) => (
          <Radio key={to} value={to} label={texts.builder.lossRename(to)} />
        ))}
      </Group>
    </Radio.Group>
  );
}

function lossInWords({ what, uid, attribute = "", entries }: Drop, all: Blueprint): string {
  const name = all[uid]?.displayName ?? uid;
  const number = texts.builder.entries(entries);
  const { loss } = texts.builder;
  if (what === "attribute" || what === "values") return loss[what](name, attribute, number);
  return loss[what](name, number);
}
