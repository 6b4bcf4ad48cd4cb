// What is being changed and not saved yet; it stays while one goes from type to type.
import { useSyncExternalStore } from "react";
import type { Blueprint } from "./blueprint";
import type { Fault } from "./update";

interface Work {
  saved: Blueprint | undefined;
  now: Blueprint | undefined;
  faults: readonly Fault[];
}

const NOTHING: Work = { saved: undefined, now: undefined, faults: [] };
let work = NOTHING;
const listeners = new Set<() => void>();

function become(next: Work): void {
  work = next;
  for (const listener of listeners) listener();
}

export const studio = {
  /** Take what the server has, where nobody is changing it. */
  load: (saved: Blueprint): void => {
    if (work.saved === saved) return;
    if (!work.saved || work.now === work.saved) become({ saved, now: saved, faults: [] });
  },
  change: (edit: (all: Blueprint) => Blueprint): void => {
    if (work.now) become({ ...work, now: edit(work.now), faults: [] });
  },
  fail: (faults: readonly Fault[]): void => become({ ...work, faults }),
  discard: (): void => become({ ...work, now: work.saved, faults: [] }),
  forget: (): void => become(NOTHING),
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useWork = (): Work => useSyncExternalStore(subscribe, () => work);
