// Webhooks: addresses that are told of changes.
import { queryOptions } from "@tanstack/react-query";
import { client, data } from "@/api/client";

export interface Webhook {
  id: number;
  name: string;
  url: string;
  headers: Record<string, string>;
  events: string[];
  isEnabled: boolean;
}

export type WebhookDraft = Omit<Webhook, "id" | "isEnabled">;

export const EVENTS: readonly string[] = [
  "entry.create",
  "entry.update",
  "entry.delete",
  "entry.publish",
  "entry.unpublish",
  "entry.draft-discard",
  "media.create",
  "media.update",
  "media.delete",
];

const at = (id: number | string) => ({ path: { id: String(id) } });

export const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: () => data<Webhook[]>(client.GET("/admin/webhooks")),
});

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ["webhooks", id],
    queryFn: () => data<Webhook>(client.GET("/admin/webhooks/{id}", { params: at(id) })),
  });

// The headers are typed by hand: the description says only that they are an object.
export function createWebhook(body: WebhookDraft): Promise<Webhook> {
  return data(client.POST("/admin/webhooks", { body: body as never }));
}

export function changeWebhook({ id, ...body }: Webhook): Promise<Webhook> {
  return data(client.PUT("/admin/webhooks/{id}", { params: at(id), body: body as never }));
}

export function deleteWebhook(id: number): Promise<unknown> {
  return data(client.DELETE("/admin/webhooks/{id}", { params: at(id) }));
}
