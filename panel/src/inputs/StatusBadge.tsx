// Whether an entry is a draft, is published, or was changed since.
import { Badge } from "@mantine/core";
import type { Status } from "@/api/content";
import { texts } from "@/app/texts";

const COLORS = { draft: "indigo", published: "green", modified: "yellow" } as const;

export function StatusBadge({ status }: { status: Status }) {
  return (
    <Badge color={COLORS[status]} miw="max-content">
      {texts.content.statuses[status]}
    </Badge>
  );
}
