// Files on their way to the server: some at once, the others wait; what fails can be tried again.
import { useSyncExternalStore } from "react";
import type { MediaFile } from "@/api/files";

export interface Upload {
  key: number;
  file: File;
  folder: number | null;
  state: "waiting" | "running" | "done" | "failed";
  share: number; // of the file that is sent
  error?: unknown;
}

type Send = (
  file: File,
  folder: number | null,
  how: { onProgress: (share: number) => void; signal: AbortSignal },
) => Promise<MediaFile>;

interface Listeners {
  onKept?: (file: MediaFile) => void;
  onQuiet?: (kept: number) => void; // nothing is on its way any more
}

const AT_ONCE = 2;

export class UploadQueue {
  #uploads: readonly Upload[] = [];
  #made = 0;
  readonly #send: Send;
  readonly #told: Listeners;
  readonly #stops = new Map<number, AbortController>();
  readonly #watching = new Set<() => void>();

  constructor(send: Send, told: Listeners = {}) {
    this.#send = send;
    this.#told = told;
  }

  readonly snapshot = (): readonly Upload[] => this.#uploads;

  readonly subscribe = (watch: () => void): (() => void) => {
    this.#watching.add(watch);
    return () => this.#watching.delete(watch);
  };

  add(files: readonly File[], folder: number | null): void {
    const added = files.map((file): Upload => {
      this.#made += 1;
      return { key: this.#made, file, folder, state: "waiting", share: 0 };
    });
    this.#set([...this.#uploads, ...added]);
    this.#next();
  }

  retry(key: number): void {
    this.#change(key, { state: "waiting", share: 0, error: undefined });
    this.#next();
  }

  /** Forget an upload; one that is on its way is stopped. */
  drop(key: number): void {
    this.#set(this.#uploads.filter((upload) => upload.key !== key));
    this.#stops.get(key)?.abort();
    this.#quieten();
  }

  #next(): void {
    const running = this.#uploads.filter(({ state }) => state === "running").length;
    const waiting = this.#uploads.filter(({ state }) => state === "waiting");
    for (const upload of waiting.slice(0, Math.max(0, AT_ONCE - running))) void this.#run(upload);
  }

  async #run({ key, file, folder }: Upload): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(key, stop);
    this.#change(key, { state: "running" });
    const onProgress = (share: number) => this.#change(key, { share });
    try {
      const kept = await this.#send(file, folder, { onProgress, signal: stop.signal });
      this.#change(key, { state: "done", share: 1 });
      this.#told.onKept?.(kept);
    } catch (error) {
      this.#change(key, { state: "failed", error });
    }
    this.#stops.delete(key);
    this.#next();
    this.#quieten();
  }

  /** When nothing is on its way any more, tell what arrived and keep only what failed. */
  #quieten(): void {
    if (this.#uploads.some(({ state }) => state === "waiting" || state === "running")) return;
    const kept = this.#uploads.filter(({ state }) => state === "done").length;
    if (kept === 0) return;
    this.#set(this.#uploads.filter(({ state }) => state !== "done"));
    this.#told.onQuiet?.(kept);
  }

  #change(key: number, change: Partial<Upload>): void {
    this.#set(this.#uploads.map((upload) => (upload.key === key ? { ...upload, ...change } : upload)));
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const watch of this.#watching) watch();
  }
}

export function useUploads(queue: UploadQueue): readonly Upload[] {
  return useSyncExternalStore(queue.subscribe, queue.snapshot);
}
