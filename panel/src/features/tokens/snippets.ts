// What to paste elsewhere, with the key filled in while it is known.
import type { Permission } from "@/api/types";
import { texts } from "@/app/texts";

export interface Snippet {
  id: string;
  label: string;
  text: string;
}

/** Return a first request and, where agents are served, a configuration for MCP clients. */
export function adminSnippets(
  origin: string,
  permissions: readonly Permission[],
  agents?: string,
): (key: string) => Snippet[] {
  const address = `${origin}${firstPath(permissions)}`;
  return (key) => [
    { id: "curl", label: texts.keys.curl, text: `curl -X GET '${address}' \\\n  -H 'Authorization: Bearer ${key}'` },
    ...(agents ? [{ id: "mcp", label: texts.keys.mcp, text: mcpConfiguration(`${origin}${agents}`, key) }] : []),
  ];
}

/** Return an address that such a token may read, so that the first try succeeds. */
function firstPath(permissions: readonly Permission[]): string {
  const readable = permissions.find(({ action }) => action.endsWith("content-manager.explorer.read"));
  return readable?.subject ? `/admin/content-manager/collection-types/${readable.subject}` : "/admin/users/me";
}

function mcpConfiguration(url: string, key: string): string {
  const server = { type: "http", url, headers: { Authorization: `Bearer ${key}` } };
  return JSON.stringify({ mcpServers: { tessera: server } }, null, 2);
}
