// What the server refuses, as an error with the messages of the single fields.
interface Violation {
  path: string[];
  message: string;
}

interface Told {
  status?: number;
  name?: string;
  message?: string;
  details?: unknown;
}

/** Most routes tell an error as an object, a few as words with the details beside them. */
interface ErrorBody {
  error?: Told | string;
  details?: unknown;
}

export class Problem extends Error {
  readonly status: number;
  readonly kind: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly details: unknown;

  constructor(status: number, body: unknown) {
    const { error: said, details } = (body ?? {}) as ErrorBody;
    const error: Told | undefined = typeof said === "string" ? { message: said, details } : said;
    super(error?.message ?? "");
    this.status = error?.status ?? status;
    this.kind = error?.name ?? "";
    this.details = error?.details;
    this.fields = fieldsOf(this.details);
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
