// Which admin tokens lose something when a role does: worked out before it is saved.
import type { Permission } from "@/api/types";
import type { Catalogue } from "@/components/permissions/catalogue";
import { type Selection, selectionOf } from "@/components/permissions/selection";

export interface BoundToken {
  id: number;
  name: string;
  adminPermissions: Permission[];
  adminUserOwner: { id: number };
}

export interface Loss {
  token: string;
  labels: string[];
}

/** Return what each token of these owners loses; owners with other roles may keep some of it. */
export function lossesOf(
  gone: readonly string[],
  tokens: readonly BoundToken[],
  owners: ReadonlySet<number>,
  catalogue: Catalogue,
): Loss[] {
  return tokens
    .filter(({ adminUserOwner }) => owners.has(adminUserOwner.id))
    .map(({ name, adminPermissions }) => ({
      token: name,
      labels: labelsOf(gone, selectionOf(adminPermissions, catalogue), catalogue),
    }))
    .filter(({ labels }) => labels.length > 0);
}

function labelsOf(gone: readonly string[], held: Selection, catalogue: Catalogue): string[] {
  return gone.flatMap((key) => {
    const item = catalogue.items.get(key);
    return item && held.has(key) ? [`${item.group}: ${item.label}`] : [];
  });
}
