// The way into the content manager: the first content type, or what is missing to see one.

import { Card } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { placeOf, schemaQuery, useManaged } from "@/app/content";
import { texts } from "@/app/texts";
import { EmptyState } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";
import { Waiting } from "@/routes/states";

export function ContentHome() {
  const schema = useQuery(schemaQuery);
  const types = useManaged(schema.data?.contentTypes);
  const first = types.find(({ kind }) => kind === "collectionType") ?? types[0];
  if (schema.isError) return <QueryProblem query={schema} />;
  if (!schema.data) return <Waiting />;
  if (first) return <Navigate to={placeOf(first)} replace />;
  return (
    <>
      <PageHeader title={texts.content.manager} />
      <Card withBorder>
        <EmptyState title={texts.content.noTypes} hint={texts.content.noTypesHint} />
      </Card>
    </>
  );
}
