// What the server says of a value, in words that say what to do; it names the field, which stands beside them here.
import { texts } from "@/app/texts";

const { complaints } = texts.content;

const KNOWN: readonly [RegExp, (found: string) => string][] = [
  [
    /the final value was: `null`|must be defined|cannot be null|is a required field|cannot be empty/,
    () => texts.errors.required,
  ],
  [/must be at least (\S+) characters/, complaints.shortest],
  [/must be at most (\S+) characters/, complaints.longest],
  [/must be greater than or equal to (\S+)/, complaints.least],
  [/must be less than or equal to (\S+)/, complaints.most],
  [/must have at least (\S+) items/, complaints.fewest],
  [/must have less than or equal to (\S+) items/, complaints.mostItems],
  [/must be a valid email/, () => complaints.email],
  [/must be unique/, () => complaints.unique],
  [/must be an integer|must be a valid integer/, () => complaints.integer],
  [/must be one of the following values: (.+)/, complaints.oneOf],
];

/** Return what to say of a value; what is not known is said as the server says it. */
export function inPlainWords(message: string): string {
  for (const [pattern, words] of KNOWN) {
    const [found, value = ""] = pattern.exec(message) ?? [];
    if (found) return words(value);
  }
  return message;
}

export function allInPlainWords(messages: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, inPlainWords(message)]));
}
