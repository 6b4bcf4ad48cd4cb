// What every page of the builder stands in: it reads the types, says why nothing can be changed, and keeps what is open.
import { Alert, Button, Group, List, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo } from "react";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { LeaveGuard } from "@/components/LeaveGuard";
import { QueryProblem } from "@/components/QueryProblem";
import { Waiting } from "@/routes/states";
import { blueprintQuery, informationQuery } from "./api";
import type { Blueprint } from "./blueprint";
import { SaveDialog } from "./SaveDialog";
import { studio, useWork } from "./studio";
import { type Difference, differenceOf, sizeOf } from "./update";

export const ROOT = "/content-type-builder";

interface Props {
  children: (open: Opened) => ReactNode;
}

export interface Opened {
  all: Blueprint;
  difference: Difference;
  readOnly: boolean;
}

export function Frame({ children }: Props) {
  const schema = useQuery(blueprintQuery);
  const information = useQuery(informationQuery);
  const { saved, now } = useWork();
  useEffect(() => {
    if (schema.data) studio.load(schema.data);
  }, [schema.data]);
  const difference = useMemo(() => (saved && now ? differenceOf(saved, now) : undefined), [saved, now]);
  if (schema.isError) return <QueryProblem query={schema} />;
  if (information.isError) return <QueryProblem query={information} />;
  if (!now || !difference || !information.data) return <Waiting />;
  const readOnly = !information.data.autoReload;
  return (
    <>
      {readOnly && (
        <Alert icon={<IconLock size={18} />} title={texts.builder.readOnly} mb="md">
          {texts.builder.readOnlyHint}
        </Alert>
      )}
      <Pending difference={difference} all={now} />
      {children({ all: now, difference, readOnly })}
      <LeaveGuard
        when={sizeOf(difference) > 0}
        within={ROOT}
        title={texts.common.unsavedTitle}
        message={texts.builder.leave}
      />
    </>
  );
}

function Pending({ difference, all }: { difference: Difference; all: Blueprint }) {
  const [saving, save] = useDisclosure(false);
  const [asking, question] = useDisclosure(false);
  const number = sizeOf(difference);
  if (number === 0) return null;
  return (
    <>
      <Faults all={all} />
      <Alert mb="md" title={texts.builder.pending(number)} role="region" aria-label={texts.builder.pending(number)}>
        <Group justify="space-between">
          <Text size="sm">{texts.builder.pendingHint}</Text>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={question.open}>
              {texts.builder.discard}
            </Button>
            <Button size="xs" onClick={save.open}>
              {texts.builder.save}
            </Button>
          </Group>
        </Group>
      </Alert>
      <SaveDialog opened={saving} onClose={save.close} difference={difference} all={all} />
      <Confirm
        opened={asking}
        title={texts.builder.discardTitle}
        action={texts.builder.discard}
        onConfirm={() => {
          question.close();
          studio.discard();
        }}
        onClose={question.close}
      >
        {texts.builder.discardHint}
      </Confirm>
    </>
  );
}

function Faults({ all }: { all: Blueprint }) {
  const { faults } = useWork();
  if (faults.length === 0) return null;
  return (
    <Alert color="red" role="alert" mb="md" title={texts.builder.faultsTitle}>
      <List size="sm">
        {faults.map(({ uid, field, message }) => (
          <List.Item key={`${uid} ${field} ${message}`}>
            {[uid && (all[uid]?.displayName ?? uid), field].filter(Boolean).join(", ")}
            {uid && ": "}
            {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
