// The media library: folders, files, and what can be done with them.
import { Button, Card } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFolderPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { MediaFile } from "@/api/files";
import { texts } from "@/app/texts";
import { EmptyState } from "@/components/DataTable";
import { PageHeader } from "@/components/PageHeader";
import { Paging } from "@/components/Paging";
import { QueryProblem } from "@/components/QueryProblem";
import { type Folder, filesQuery, foldersQuery } from "./api";
import { BulkBar } from "./BulkBar";
import { Crumbs } from "./Crumbs";
import { DeleteQuestion } from "./DeleteQuestion";
import FileDrawer from "./FileDrawer";
import { FileGrid } from "./FileGrid";
import { FileTable } from "./FileTable";
import { FolderCards } from "./FolderCards";
import { FolderDialog } from "./FolderDialogs";
import { foldersIn } from "./folders";
import { libraryQueue } from "./libraryQueue";
import { type LibraryState, questionOf, useAddress } from "./libraryState";
import { useMediaRights } from "./rights";
import { Toolbar } from "./Toolbar";
import { DropArea, UploadButton, Uploads } from "./Uploading";
import { useChoice } from "./useChoice";

const ALL = ["image", "video", "audio", "file"] as const;

export function LibraryPage() {
  const library = useAddress();
  const { state, ask } = library;
  const rights = useMediaRights();
  const folders = useQuery(foldersQuery);
  const files = useQuery(filesQuery(questionOf(state)));
  const isSearch = state.words !== "";
  const here = isSearch || state.page > 1 ? [] : folders.data && foldersIn(folders.data, state.folder);
  const choice = useChoice(files.data?.results, here);
  const [opened, setOpened] = useState<MediaFile | null>(null);
  const [edited, setEdited] = useState<Folder | null>(null);
  const [naming, dialog] = useDisclosure(false);
  const [deleted, setDeleted] = useState<Folder | null>(null);
  const upload = rights.create ? (given: File[]) => libraryQueue.add(given, state.folder) : undefined;
  const go = (folder: number | null) =>
    ask({ folder: folder === null ? undefined : String(folder), page: undefined, _q: undefined });
  const edit = (folder: Folder | null) => {
    setEdited(folder);
    dialog.open();
  };
  const Files = state.view === "list" ? FileTable : FileGrid;
  const known = folders.data ?? [];
  const isEmpty = files.data?.results.length === 0;
  return (
    <DropArea onFiles={upload}>
      <PageHeader title={texts.media.title} hint={hintOf(state, files.data?.pagination.total)}>
        {rights.create && (
          <Button variant="default" leftSection={<IconFolderPlus size={16} />} onClick={() => edit(null)}>
            {texts.media.newFolder}
          </Button>
        )}
        {upload && <UploadButton onFiles={upload} />}
      </PageHeader>
      <Crumbs folders={known} folder={state.folder} onGo={go} />
      <Toolbar library={library} kinds={ALL} />
      <Uploads queue={libraryQueue} />
      {rights.update && <BulkBar choice={choice} folders={known} from={isSearch ? undefined : state.folder} />}
      <QueryProblem query={folders} />
      <FolderCards
        folders={folders.isError ? [] : here}
        isChosen={choice.hasFolder}
        onChoose={rights.update ? choice.toggleFolder : undefined}
        onOpen={({ id }) => go(id)}
        onEdit={rights.update ? edit : undefined}
        onDelete={rights.update ? setDeleted : undefined}
      />
      <QueryProblem query={files} />
      {isEmpty
        ? (here ?? []).length === 0 && <Empty state={state} canUpload={rights.create} />
        : !files.isError && (
            <Files
              files={files.data?.results}
              isChosen={choice.hasFile}
              onChoose={rights.update ? choice.toggleFile : undefined}
              onOpen={setOpened}
              openLabel={texts.media.open}
            />
          )}
      {files.data && <Paging state={state} total={files.data.pagination} ask={ask} />}
      <FileDrawer file={opened} onChanged={setOpened} onClose={() => setOpened(null)} />
      <FolderDialog opened={naming} folders={known} edited={edited} parent={state.folder} onClose={dialog.close} />
      <DeleteQuestion
        chosen={deleted ? { fileIds: [], folderIds: [deleted.id] } : null}
        onDone={choice.clear}
        onClose={() => setDeleted(null)}
      />
    </DropArea>
  );
}

function hintOf({ words, folder }: LibraryState, total: number | undefined): string {
  if (total === undefined) return texts.media.hint;
  if (words) return texts.media.foundFor(total, words);
  return folder === null && total === 0 ? texts.media.hint : texts.media.found(total);
}

function Empty({ state, canUpload }: { state: LibraryState; canUpload: boolean }) {
  const navigate = useNavigate();
  const isAsked = state.words !== "" || state.kind !== null;
  const words = isAsked
    ? { title: texts.media.nothingFound, hint: texts.media.nothingFoundHint }
    : state.folder !== null
      ? { title: texts.media.noneHere, hint: canUpload ? texts.media.noneHereHint : "" }
      : { title: texts.media.none, hint: canUpload ? texts.media.noneHint : texts.media.noneReadOnly };
  return (
    <Card withBorder>
      <EmptyState {...words}>
        {isAsked && (
          <Button variant="default" mt="sm" onClick={() => void navigate({ to: "/media" })}>
            {texts.media.clearSearch}
          </Button>
        )}
      </EmptyState>
    </Card>
  );
}
