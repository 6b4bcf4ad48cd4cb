// A question before one leaves what was typed; it asks the draft itself, which knows of a save before the page does.
import { useBlocker } from "@tanstack/react-router";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import type { Draft } from "@/inputs/draft";

interface Address {
  pathname: string;
  search: unknown;
}

export function EntryGuard({ draft }: { draft: Draft }) {
  const isDirty = () => draft.changed().length > 0;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty() && isElsewhere(current, next),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  return (
    <Confirm
      opened={blocker.status === "blocked"}
      title={texts.common.unsavedTitle}
      action={texts.common.leave}
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      {texts.common.unsaved}
    </Confirm>
  );
}

/** Another language, or what is published, is another page at the same place. */
function isElsewhere(current: Address, next: Address): boolean {
  const of = ({ search }: Address) => search as { locale?: string; version?: string };
  return (
    current.pathname !== next.pathname ||
    of(current).locale !== of(next).locale ||
    of(current).version !== of(next).version
  );
}
