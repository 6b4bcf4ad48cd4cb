// Choosing files of the library for an entry; what is uploaded meanwhile is chosen at once.
import { Alert, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MediaFile } from "@/api/files";
import { texts } from "@/app/texts";
import { EmptyState } from "@/components/DataTable";
import { Dialog } from "@/components/Dialog";
import { Paging } from "@/components/Paging";
import { QueryProblem } from "@/components/QueryProblem";
import { filesQuery, foldersQuery, forgetFiles, uploadFile } from "./api";
import { Crumbs } from "./Crumbs";
import { FileGrid } from "./FileGrid";
import { FileTable } from "./FileTable";
import { FolderCards } from "./FolderCards";
import { foldersIn } from "./folders";
import { isTaken, kindsTaken, wordsOfKinds } from "./kinds";
import { questionOf, useOwnState } from "./libraryState";
import { useMediaRights } from "./rights";
import { Toolbar } from "./Toolbar";
import { DropArea, UploadButton, Uploads } from "./Uploading";
import { UploadQueue } from "./uploads";

interface Props {
  label: string; // of the field
  multiple: boolean;
  allowedTypes: readonly string[] | null | undefined;
  chosen: MediaFile[];
  onChoose: (files: MediaFile[]) => void;
  onClose: () => void;
}

export default function Chooser(props: Props) {
  return (
    <Dialog opened onClose={props.onClose} title={texts.media.chooseTitle(props.label)} size="xl" centered={false}>
      <Choosing {...props} />
    </Dialog>
  );
}

function Choosing({ multiple, allowedTypes, chosen, onChoose, onClose }: Props) {
  const library = useOwnState();
  const { state, ask } = library;
  const rights = useMediaRights();
  const kinds = kindsTaken(allowedTypes);
  const [taken, setTaken] = useState(chosen);
  const [refused, setRefused] = useState(false);
  const add = (file: MediaFile) =>
    setTaken((before) => (multiple ? [...before.filter(({ id }) => id !== file.id), file] : [file]));
  const has = (file: MediaFile) => taken.some(({ id }) => id === file.id);
  const toggle = (file: MediaFile) =>
    has(file) ? setTaken((before) => before.filter(({ id }) => id !== file.id)) : add(file);
  const [queue] = useState(
    () =>
      new UploadQueue(uploadFile, {
        onKept: (file) => {
          if (isTaken(file, kinds)) add(file);
          void forgetFiles();
        },
      }),
  );
  const folders = useQuery(foldersQuery);
  const files = useQuery(filesQuery(questionOf(state, kinds)));
  const here = state.words !== "" || state.page > 1 ? [] : folders.data && foldersIn(folders.data, state.folder);
  const go = (folder: number | null) =>
    ask({ folder: folder === null ? undefined : String(folder), page: undefined, _q: undefined });
  const upload = (given: File[]) => {
    const fitting = given.filter(({ type }) => isTaken({ mime: type }, kinds));
    setRefused(fitting.length < given.length);
    queue.add(multiple ? fitting : fitting.slice(0, 1), state.folder);
  };
  const Files = state.view === "list" ? FileTable : FileGrid;
  return (
    <DropArea onFiles={rights.create ? upload : undefined}>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed">
          {texts.media.allowed(wordsOfKinds(kinds))}
        </Text>
        {rights.create && <UploadButton variant="default" onFiles={upload} />}
      </Group>
      {refused && (
        <Alert color="red" role="alert" mb="sm">
          {texts.media.notAllowed(wordsOfKinds(kinds))}
        </Alert>
      )}
      <Crumbs folders={folders.data ?? []} folder={state.folder} onGo={go} />
      <Toolbar library={library} kinds={kinds} />
      <Uploads queue={queue} />
      <QueryProblem query={folders} />
      <FolderCards folders={folders.isError ? [] : here} onOpen={({ id }) => go(id)} />
      <QueryProblem query={files} />
      {files.data?.results.length === 0 ? (
        <EmptyState title={texts.media.nothingFound} hint={texts.media.nothingHere} />
      ) : (
        !files.isError && (
          <Files
            files={files.data?.results}
            isChosen={has}
            onChoose={toggle}
            onOpen={toggle}
            openLabel={(name) => texts.media.take(name)}
          />
        )
      )}
      {files.data && <Paging state={state} total={files.data.pagination} ask={ask} />}
      <Group justify="flex-end" className="panel-chooser-foot">
        <Button variant="default" onClick={onClose}>
          {texts.common.cancel}
        </Button>
        <Button onClick={() => onChoose(taken)} disabled={taken.length === 0}>
          {multiple ? texts.media.chooseMany(taken.length) : texts.media.chooseOne}
        </Button>
      </Group>
    </DropArea>
  );
}
