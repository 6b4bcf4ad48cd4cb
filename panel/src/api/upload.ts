// Sending files: the only requests that tell how far they are, which the generated client cannot.
import { Problem } from "./problem";
import { bearer, endSession, exchange } from "./session";

interface Sending {
  onProgress?: (share: number) => void; // from 0 to 1
  signal?: AbortSignal;
}

/** Send a form with files and return the answer, or throw what the server refuses. */
export async function sendForm<T>(path: string, form: FormData, how: Sending = {}): Promise<T> {
  const first = await attempt(path, form, how);
  const answer = first.status === 401 && (await exchange()) ? await attempt(path, form, how) : first;
  if (answer.status === 401) endSession();
  const body = parsed(answer.responseText);
  if (answer.status < 200 || answer.status > 299) throw new Problem(answer.status, body);
  return body as T;
}

function attempt(path: string, form: FormData, { onProgress, signal }: Sending): Promise<XMLHttpRequest> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("authorization", `Bearer ${bearer() ?? ""}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () => done(request);
    request.onerror = () => failed(new Error("The connection broke"));
    request.onabort = () => failed(new DOMException("Somebody stopped it", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/** Read an answer; what stands between the panel and the server may answer with a page. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
