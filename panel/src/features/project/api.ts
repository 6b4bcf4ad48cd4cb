// What the project says of itself.
import { queryOptions } from "@tanstack/react-query";
import { client, data } from "@/api/client";

interface Init {
  hasAdmin: boolean;
}

interface Statistics {
  locales: number;
  admins: number;
  webhooks: number;
  contentTypes: number;
}

export const initQuery = queryOptions({
  queryKey: ["init"],
  queryFn: () => data<Init>(client.GET("/admin/init")),
});

export const statisticsQuery = queryOptions({
  queryKey: ["statistics"],
  queryFn: () => data<Statistics>(client.GET("/admin/homepage/key-statistics")),
});
