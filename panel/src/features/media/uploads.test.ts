import { expect, test, vi } from "vitest";
import type { MediaFile } from "@/api/files";
import { UploadQueue } from "./uploads";

const file = (name: string) => new File(["words"], name);
const kept = { id: 1 } as MediaFile;
const states = (queue: UploadQueue) => queue.snapshot().map(({ state }) => state);

/** A server that answers when it is told to. */
function slow() {
  const sent: { name: string; done: () => void; fail: (error: Error) => void; signal: AbortSignal }[] = [];
  const send = (given: File, _: number | null, how: { onProgress: (share: number) => void; signal: AbortSignal }) =>
    new Promise<MediaFile>((done, fail) => {
      how.onProgress(0.5);
      sent.push({ name: given.name, done: () => done(kept), fail, signal: how.signal });
    });
  return { sent, send };
}

test("two files are sent at once, and the next when one is there", async () => {
  const { sent, send } = slow();
  const queue = new UploadQueue(send);
  queue.add([file("a"), file("b"), file("c")], null);
  expect(states(queue)).toEqual(["running", "running", "waiting"]);
  expect(queue.snapshot()[0]?.share).toBe(0.5);
  sent[0]?.done();
  await vi.waitFor(() => expect(states(queue)).toEqual(["done", "running", "running"]));
});

test("when all are there it is told once, and only what failed stays", async () => {
  const { sent, send } = slow();
  const onQuiet = vi.fn();
  const queue = new UploadQueue(send, { onQuiet });
  queue.add([file("a"), file("b")], 7);
  sent[0]?.done();
  sent[1]?.fail(new Error("No"));
  await vi.waitFor(() => expect(states(queue)).toEqual(["failed"]));
  expect(onQuiet.mock.calls).toEqual([[1]]);
});

test("what failed can be tried again", async () => {
  const { sent, send } = slow();
  const queue = new UploadQueue(send);
  queue.add([file("a")], null);
  sent[0]?.fail(new Error("No"));
  await vi.waitFor(() => expect(states(queue)).toEqual(["failed"]));
  queue.retry(queue.snapshot()[0]?.key ?? 0);
  sent[1]?.done();
  await vi.waitFor(() => expect(states(queue)).toEqual([]));
});

test("what is dropped is stopped, and the next one goes on", async () => {
  const { sent, send } = slow();
  const queue = new UploadQueue(send);
  queue.add([file("a"), file("b"), file("c")], null);
  queue.drop(queue.snapshot()[0]?.key ?? 0);
  expect(sent[0]?.signal.aborted).toBe(true);
  sent[0]?.fail(new DOMException("stopped", "AbortError"));
  await vi.waitFor(() => expect(sent.map(({ name }) => name)).toEqual(["a", "b", "c"]));
  expect(states(queue)).toEqual(["running", "running"]);
});
