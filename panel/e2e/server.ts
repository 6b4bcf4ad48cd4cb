// A server on a project of its own, which is gone when the test is over.
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");
const SECONDS = 60;

export interface Server {
  origin: string;
  password: string; // of nora@newsroom.example, where the project brings her along
  stop: () => void;
}

const EXAMPLE = "examples/newsroom";

interface Wanted {
  seeded: boolean; // otherwise nobody is registered yet
  project?: string;
  inProduction?: boolean;
}

/** Start a server on a copy of a project. */
export async function startServer({ seeded, project = EXAMPLE, inProduction = false }: Wanted): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "tessera-panel-"));
  const skipped = seeded ? /\.(tmp|env)$/ : /\.(tmp|env)$|seed$/;
  cpSync(join(ROOT, project), folder, { recursive: true, filter: (path) => !skipped.test(path) });
  const made = await run(folder, "develop", seeded);
  if (!inProduction) return { ...made, stop: () => stop(made.child, folder) };
  end(made.child); // it has made the secrets and the first content
  const served = await run(folder, "start", false);
  return { ...served, password: made.password, stop: () => stop(served.child, folder) };
}

async function run(folder: string, command: "develop" | "start", seeded: boolean) {
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), HOST: "127.0.0.1" };
  const child = spawn(join(ROOT, ".venv", "bin", "python"), ["-m", "tessera", command, folder], {
    env,
    detached: true,
  });
  let told = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      told += chunk;
    });
  }
  const origin = `http://127.0.0.1:${port}`;
  await answered(origin, child, () => told);
  if (seeded) await until(() => /with the password \S+/.test(told));
  return { origin, password: /with the password (\S+)/.exec(told)?.[1] ?? "", child };
}

function end(child: ChildProcess): void {
  // The whole group: the server runs below the process that watches the project.
  if (child.pid) process.kill(-child.pid, "SIGKILL");
}

function stop(child: ChildProcess, folder: string): void {
  end(child);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function answered(origin: string, child: ChildProcess, told: () => string): Promise<void> {
  await until(async () => {
    if (child.exitCode !== null) throw new Error(told());
    const answer = await fetch(`${origin}/_health`).catch(() => null);
    return answer?.status === 204;
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + SECONDS * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("The server did not start in time");
    await new Promise((done) => setTimeout(done, 100));
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const listener = createServer().listen(0, "127.0.0.1", () => {
      const address = listener.address();
      listener.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
