// Keys that were just made. They live until one leaves the page, in memory alone, and are never asked for again.
import { useEffect, useSyncExternalStore } from "react";

interface Revealed {
  place: string; // the page that shows it, such as "admin-tokens/3"
  key: string;
  copied: boolean;
}

let shown: Revealed | undefined;
const listeners = new Set<() => void>();

function set(next: Revealed | undefined): void {
  shown = next;
  for (const listener of listeners) listener();
}

export const reveal = (place: string, key: string): void => set({ place, key, copied: false });

export function noteCopied(): void {
  if (shown) set({ ...shown, copied: true });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Return the key to show on a page; it is forgotten when the page is left. */
export function useRevealed(place: string): Revealed | undefined {
  useEffect(
    () => () => {
      if (shown?.place === place) set(undefined);
    },
    [place],
  );
  const found = useSyncExternalStore(subscribe, () => shown);
  return found?.place === place ? found : undefined;
}
