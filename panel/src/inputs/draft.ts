// What somebody is writing: values by their path, what is wrong with them, and who wants to know when they change.
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Values } from "@/api/content";

export type Path = readonly (string | number)[];

export const keyOf = (path: Path): string => path.join(".");

export class Draft {
  values: Values;
  private saved: Values;
  private errors: Readonly<Record<string, string>> = {};
  private readonly unread = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private same = new Map<string, { value: unknown; isSame: boolean }>();

  constructor(values: Values, saved: Values = values) {
    this.values = values;
    this.saved = saved;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get(path: Path): unknown {
    return path.reduce<unknown>((value, step) => (value as Values | undefined | null)?.[step], this.values);
  }

  set(path: Path, value: unknown): void {
    this.values = replaced(this.values, path, value) as Values;
    const key = keyOf(path);
    this.unread.delete(key);
    const rest = Object.entries(this.errors).filter(([name]) => name !== key && !name.startsWith(`${key}.`));
    if (rest.length < Object.keys(this.errors).length) this.errors = Object.fromEntries(rest);
    this.tell();
  }

  errorAt(path: Path): string | undefined {
    return this.errors[keyOf(path)];
  }

  /** Say whether something at a path or below it is wrong. */
  isWrong(path: Path): boolean {
    const key = keyOf(path);
    return Object.keys(this.errors).some((name) => name === key || name.startsWith(`${key}.`));
  }

  /** Return the paths of what is wrong. */
  wrong(): Readonly<Record<string, string>> {
    return this.errors;
  }

  fail(errors: Readonly<Record<string, string>>): void {
    this.errors = { ...errors };
    this.tell();
  }

  /** Say that what stands in an input is no value yet; it cannot be saved until it is. */
  refuse(path: Path, message: string): void {
    const key = keyOf(path);
    this.unread.add(key);
    this.errors = { ...this.errors, [key]: message };
    this.tell();
  }

  /** Return the path of something that is no value yet. */
  refused(): string | undefined {
    return [...this.unread].find((key) => key in this.errors);
  }

  /** Return the names of the attributes that differ from what is saved. */
  changed(): string[] {
    return Object.keys(this.values).filter((name) => !this.isSame(name));
  }

  private isSame(name: string): boolean {
    const value = this.values[name];
    const known = this.same.get(name);
    if (known && known.value === value) return known.isSame;
    const isSame = isEqual(value, this.saved[name]);
    this.same.set(name, { value, isSame });
    return isSame;
  }

  /** Take over what was saved; what was typed since `sent` stays. */
  settle(saved: Values, sent: Values): void {
    const typed = Object.entries(this.values).filter(([name, value]) => value !== sent[name]);
    this.saved = saved;
    this.values = { ...saved, ...Object.fromEntries(typed) };
    this.errors = {};
    this.same.clear();
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Return a copy in which one value is another; what does not change stays the same object. */
function replaced(holder: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const copy = Array.isArray(holder) ? [...holder] : { ...(holder as Values | null) };
  (copy as Values)[step] = replaced((copy as Values)[step], rest, value);
  return copy;
}

/** Compare two values; nothing and an empty text are the same to somebody who writes. */
function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (isNothing(one) && isNothing(other)) return true;
  return JSON.stringify(one) === JSON.stringify(other);
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === "";

const DraftContext = createContext<Draft | null>(null);

export const DraftProvider = DraftContext.Provider;

export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (!draft) throw new Error("An input stands outside of a form");
  return draft;
}

/** Return something of the draft, and again whenever it is another. */
export function useDraftState<T>(read: (draft: Draft) => T): T {
  const draft = useDraft();
  return useSyncExternalStore(draft.subscribe, () => read(draft));
}

export function useValue(path: Path): unknown {
  const key = keyOf(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a path is the same when it has the same key
  const read = useCallback((draft: Draft) => draft.get(path), [key]);
  return useDraftState(read);
}
