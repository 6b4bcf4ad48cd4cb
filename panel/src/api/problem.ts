// What the server refuses, as an error with the messages of the single fields.
interface Violation {
  path: string[];
  message: string;
}

interface ErrorBody {
  error?: { status?: number; name?: string; message?: string; details?: unknown };
}

export class Problem extends Error {
  readonly status: number;
  readonly kind: string;
  readonly fields: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown) {
    const error = (body as ErrorBody | undefined)?.error;
    super(error?.message ?? "");
    this.status = error?.status ?? status;
    this.kind = error?.name ?? "";
    this.fields = fieldsOf(error?.details);
  }
}

/** Return the first message of each field; the server tells them as a list, or by the name of the field. */
function fieldsOf(details: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  if (typeof details !== "object" || details === null) return found;
  const { errors } = details as { errors?: Violation[] };
  if (Array.isArray(errors)) {
    for (const { path, message } of errors) found[path.join(".")] ??= message;
    return found;
  }
  for (const [name, value] of Object.entries(details)) {
    if (Array.isArray(value) && typeof value[0] === "string") found[name] = value[0];
  }
  return found;
}
