// What a new password must look like, shown while it is typed; the server has the same rules and the last word.
import { texts } from "@/app/texts";

interface Rule {
  label: string;
  holds: (password: string) => boolean;
}

export const PASSWORD_RULES: readonly Rule[] = [
  { label: texts.passwords.long, holds: (password) => password.length >= 8 },
  { label: texts.passwords.lower, holds: (password) => /[a-z]/.test(password) },
  { label: texts.passwords.upper, holds: (password) => /[A-Z]/.test(password) },
  { label: texts.passwords.digit, holds: (password) => /[0-9]/.test(password) },
  { label: texts.passwords.short, holds: (password) => new TextEncoder().encode(password).length <= 72 },
];

/** Return what is wrong with a password, or nothing. */
export function passwordFault(password: string): string | null {
  return PASSWORD_RULES.find((rule) => !rule.holds(password))?.label ?? null;
}
