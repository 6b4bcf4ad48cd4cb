// Short messages in the corner.
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { Problem } from "@/api/problem";
import { texts } from "@/app/texts";

const NAMED = { closeButtonProps: { "aria-label": texts.common.close } };

export function tellDone(message: string): void {
  notifications.show({ ...NAMED, message, color: "green", icon: <IconCheck size={16} />, autoClose: 4000 });
}

export function tellProblem(error: unknown): void {
  notifications.show({
    ...NAMED,
    title: texts.errors.title,
    message: wordsOf(error),
    color: "red",
    icon: <IconAlertTriangle size={16} />,
    autoClose: 10_000,
  });
}

/** Return what to say about an error, and what to do. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Problem)) return texts.errors.offline;
  if (error.status === 403 && error.kind === "ForbiddenError") return texts.errors.forbidden;
  if (error.status === 404) return texts.errors.missing;
  if (error.status === 429) return texts.errors.tooMany;
  if (error.status >= 500) return texts.errors.server;
  return error.message;
}
