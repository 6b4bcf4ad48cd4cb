// Moments between the server, which tells them in universal time, and fields that know only the local one.
const two = (number: number): string => String(number).padStart(2, "0");

/** Return a moment as a field for local times shows it. */
export function shownMoment(moment: string | null | undefined): string {
  const at = new Date(moment ?? "");
  if (Number.isNaN(at.getTime())) return "";
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function momentOf(shown: string): string | null {
  return shown ? new Date(shown).toISOString() : null;
}
