// The versions of a document: each is compared with the newest one, and can be restored.
import { Alert, Box, Button, Card, Group, Pagination, Stack, Switch, Table, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ContentType, View } from "@/api/content";
import { nameOf } from "@/api/types";
import { placeOf, type Rights, schemaQuery, useRights } from "@/app/content";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { EmptyState } from "@/components/DataTable";
import { exactly, Moment } from "@/components/Moment";
import { tellDone } from "@/components/notices";
import { PageHeader } from "@/components/PageHeader";
import { QueryProblem } from "@/components/QueryProblem";
import { StatusBadge } from "@/inputs/StatusBadge";
import { labelOf } from "@/inputs/words";
import { Missing, Waiting } from "@/routes/states";
import { forgetContent, type Target, viewsQuery } from "./api";
import { compared, restoreVersion, type Version, versionsQuery } from "./history";
import { entryPlace, inLocale } from "./places";

export function HistoryPage() {
  const { uid, documentId } = useParams({ strict: false }) as { uid: string; documentId?: string };
  const { locale } = useSearch({ strict: false }) as { locale?: string };
  const schema = useQuery(schemaQuery);
  const views = useQuery(viewsQuery(uid));
  const rights = useRights(uid);
  if (schema.isError) return <QueryProblem query={schema} />;
  if (views.isError) return <QueryProblem query={views} />;
  if (!schema.data || !views.data) return <Waiting />;
  const type = schema.data.contentTypes.find((each) => each.uid === uid);
  if (!type) return <Missing />;
  return <Versions target={{ type, documentId, locale }} view={views.data.contentType} rights={rights} />;
}

const addressOf = ({ type, documentId, locale }: Target): string =>
  `${documentId ? entryPlace(type, documentId) : placeOf(type)}${locale ? `?locale=${encodeURIComponent(locale)}` : ""}`;

interface Props {
  target: Target & { type: ContentType };
  view: View;
  rights: Rights;
}

function Versions({ target, view, rights }: Props) {
  const [page, setPage] = useState(1);
  const [chosen, choose] = useState<number>();
  const newest = useQuery(versionsQuery(target, 1));
  const listed = useQuery(versionsQuery(target, page));
  const versions = listed.data?.data;
  const now = newest.data?.data[0];
  const then = versions?.find(({ id }) => id === chosen) ?? versions?.[page === 1 ? 1 : 0] ?? versions?.[0];
  return (
    <>
      <PageHeader
        title={texts.content.history}
        hint={texts.content.historyHint}
        back={{ to: addressOf(target), label: texts.content.toEntry }}
      >
        {then && now && then.id !== now.id && rights.may("update", target.locale) && (
          <Restore target={target} version={then} />
        )}
      </PageHeader>
      <QueryProblem query={listed} />
      {listed.isLoading && <Waiting />}
      {versions?.length === 0 && (
        <Card withBorder>
          <EmptyState title={texts.content.noVersion} hint={texts.content.noVersionHint} />
        </Card>
      )}
      {then && now && versions && (
        <Box className="panel-editor">
          <Comparison key={then.id} then={then} now={now} type={target.type} view={view} />
          <Stack component="nav" gap="xs" aria-label={texts.content.versions}>
            {versions.map((version) => (
              <Choice
                key={version.id}
                version={version}
                isNewest={version.id === now.id}
                isChosen={version.id === then.id}
                onChoose={() => choose(version.id)}
              />
            ))}
            {(listed.data?.meta.pagination.pageCount ?? 1) > 1 && (
              <Pagination
                size="sm"
                total={listed.data?.meta.pagination.pageCount ?? 1}
                value={page}
                onChange={setPage}
                getItemProps={(number) => ({ "aria-label": texts.content.page(number) })}
                getControlProps={(control) => ({
                  "aria-label": control === "next" ? texts.content.nextPage : texts.content.previousPage,
                })}
              />
            )}
          </Stack>
        </Box>
      )}
    </>
  );
}

interface ChoiceProps {
  version: Version;
  isNewest: boolean;
  isChosen: boolean;
  onChoose: () => void;
}

function Choice({ version, isNewest, isChosen, onChoose }: ChoiceProps) {
  const { createdAt, createdBy, status } = version;
  return (
    <UnstyledButton
      className="panel-choice"
      aria-pressed={isChosen}
      data-chosen={isChosen || undefined}
      onClick={onChoose}
    >
      <Group justify="space-between" wrap="nowrap">
        <Moment at={createdAt} />
        <StatusBadge status={status} />
      </Group>
      <Text size="xs" c="dimmed">
        {createdBy ? texts.content.by(nameOf(createdBy)) : texts.content.somebody}
        {isNewest && ` · ${texts.content.newestVersion}`}
      </Text>
    </UnstyledButton>
  );
}

interface ComparisonProps {
  then: Version;
  now: Version;
  type: ContentType;
  view: View;
}

function Comparison({ then, now, type, view }: ComparisonProps) {
  const [all, setAll] = useState(false);
  const rows = compared(then.data, now.data, type.attributes);
  const shown = all ? rows : rows.filter(({ isSame }) => !isSame);
  return (
    <Stack style={{ minWidth: 0 }}>
      <Switch label={texts.content.allFields} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
      {shown.length === 0 ? (
        <Alert color="gray">{then.id === now.id ? texts.content.isNewest : texts.content.noDifference}</Alert>
      ) : (
        <Card
          withBorder
          p={0}
          style={{ overflowX: "auto" }}
          tabIndex={0}
          role="region"
          aria-label={texts.content.history}
        >
          <Table className="panel-table" verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{texts.content.filterField}</Table.Th>
                <Table.Th scope="col">{texts.content.versionOf(exactly(then.createdAt))}</Table.Th>
                <Table.Th scope="col">{texts.content.newestVersion}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map(({ name, before, now: current, isSame }) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row">{labelOf(name, view)}</Table.Th>
                  <Table.Td className="panel-version" data-different={!isSame || undefined}>
                    {before}
                  </Table.Td>
                  <Table.Td className="panel-version">{current}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Card>
      )}
    </Stack>
  );
}

function Restore({ target, version }: { target: Target; version: Version }) {
  const [opened, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  const restore = useMutation({
    mutationFn: () => restoreVersion(target.type.uid, version.id),
    onSuccess: async () => {
      dialog.close();
      void forgetContent();
      const { type, documentId, locale } = target;
      await navigate({ to: documentId ? entryPlace(type, documentId) : placeOf(type), search: inLocale(locale) });
      tellDone(texts.content.restored);
    },
  });
  return (
    <>
      <Button onClick={dialog.open}>{texts.content.restore}</Button>
      <Confirm
        opened={opened}
        title={texts.content.restoreTitle(exactly(version.createdAt))}
        action={texts.content.restore}
        danger={false}
        pending={restore.isPending}
        onConfirm={() => restore.mutate()}
        onClose={dialog.close}
      >
        {texts.content.restoreHint}
      </Confirm>
    </>
  );
}
