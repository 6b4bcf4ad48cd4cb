// Going to a field by its key.
export function focusField(key: string): void {
  const field = document.getElementById(`field-${key}`);
  field?.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}
