// What to do when somebody else saved the entry since it was opened here.
import { nameOf, type Person } from "@/api/types";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { ago } from "@/components/Moment";
import type { Saving } from "./saving";

export function ConflictQuestion({ saving }: { saving: Saving }) {
  const entry = saving.conflict?.with;
  const person = entry?.["updatedBy"] as Person | null | undefined;
  return (
    <Confirm
      opened={entry !== undefined}
      title={texts.content.conflictTitle}
      action={texts.content.conflictSave}
      onConfirm={saving.insist}
      onClose={saving.yield}
    >
      {entry && texts.content.conflict(person ? nameOf(person) : texts.content.somebody, ago(entry.updatedAt))}
    </Confirm>
  );
}
