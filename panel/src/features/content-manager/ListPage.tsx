// The entries of a collection.

import { Button, Card } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { ContentType, View } from "@/api/content";
import { placeOf, schemaQuery, useRights } from "@/app/content";
import { texts } from "@/app/texts";
import { EmptyState } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { Paging } from "@/components/Paging";
import { QueryProblem } from "@/components/QueryProblem";
import { Missing, Waiting } from "@/routes/states";
import { entriesQuery, viewsQuery } from "./api";
import { BulkBar } from "./BulkBar";
import { useColumns } from "./columns";
import { EntriesTable } from "./EntriesTable";
import { ListToolbar } from "./ListToolbar";
import { questionOf, stateOf, useListAddress } from "./listState";
import { useLanguages } from "./locales";
import { hasDrafts, inLocale } from "./places";

export function ListPage() {
  const { uid } = useParams({ strict: false }) as { uid: string };
  const schema = useQuery(schemaQuery);
  const views = useQuery(viewsQuery(uid));
  if (schema.isError) return <QueryProblem query={schema} />;
  if (views.isError) return <QueryProblem query={views} />;
  if (!schema.data || !views.data) return <Waiting />;
  const type = schema.data.contentTypes.find((each) => each.uid === uid && each.kind === "collectionType");
  return type ? <List key={uid} type={type} view={views.data.contentType} /> : <Missing />;
}

function List({ type, view }: { type: ContentType; view: View }) {
  const rights = useRights(type.uid);
  const address = useListAddress(type.uid);
  const languages = useLanguages(type, address.search["locale"], rights);
  const state = stateOf(address.search, view, languages.current);
  const entries = useQuery({ ...entriesQuery(type.uid, questionOf(state)), enabled: languages.isReady });
  const columns = useColumns(type, view);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const results = entries.data?.results;
  const selected = (results ?? []).map(({ documentId }) => documentId).filter((id) => chosen.has(id));
  const isAsked = state.words !== "" || state.filters.length > 0;
  const create = rights.may("create", languages.current) && (
    <Button
      component={Link}
      to={`${placeOf(type)}/create`}
      search={inLocale(languages.current)}
      leftSection={<IconPlus size={16} />}
    >
      {texts.content.create}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={type.info.displayName}
        hint={entries.data ? texts.content.entries(entries.data.pagination.total) : type.info.description}
      >
        {create}
      </PageHeader>
      <ListToolbar type={type} view={view} state={state} address={address} languages={languages} columns={columns} />
      <QueryProblem query={entries} />
      <BulkBar
        type={type}
        locale={languages.current}
        selected={selected}
        rights={rights}
        onDone={() => setChosen(new Set())}
      />
      {results?.length === 0 ? (
        <Card withBorder>
          {isAsked ? (
            <EmptyState title={texts.content.nothingFound} hint={texts.content.nothingFoundHint}>
              <Button variant="default" mt="sm" component={Link} to="." search={inLocale(languages.current)}>
                {texts.content.clearSearch}
              </Button>
            </EmptyState>
          ) : (
            <EmptyState
              title={texts.content.none}
              hint={hasDrafts(type) ? texts.content.noneHint : texts.content.noneHintLive}
            />
          )}
        </Card>
      ) : (
        !entries.isError && (
          <EntriesTable
            type={type}
            view={view}
            rights={rights}
            entries={results}
            columns={columns.shown}
            sort={state.sort}
            locale={languages.current}
            chosen={chosen}
            isStale={entries.isPlaceholderData}
            onSort={(sort) => address.ask({ sort, page: undefined })}
            onChoose={setChosen}
          />
        )
      )}
      {entries.data && <Paging state={state} total={entries.data.pagination} ask={address.ask} />}
    </>
  );
}
