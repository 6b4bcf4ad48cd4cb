// Which files and folders on the page are chosen; what is gone from the page is not chosen any more.
import { useState } from "react";
import type { MediaFile } from "@/api/files";
import type { Chosen, Folder } from "./api";

export type Choice = ReturnType<typeof useChoice>;

const NONE: ReadonlySet<string> = new Set();
const ofFile = ({ id }: { id: number }) => `file:${id}`;
const ofFolder = ({ id }: { id: number }) => `folder:${id}`;

export function useChoice(files: readonly MediaFile[] = [], folders: readonly Folder[] = []) {
  const [keys, setKeys] = useState(NONE);
  const toggle = (key: string) =>
    setKeys((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  const chosen: Chosen = {
    fileIds: files.filter((file) => keys.has(ofFile(file))).map(({ id }) => id),
    folderIds: folders.filter((folder) => keys.has(ofFolder(folder))).map(({ id }) => id),
  };
  return {
    chosen,
    all: files.length + folders.length,
    hasFile: (file: MediaFile) => keys.has(ofFile(file)),
    hasFolder: (folder: Folder) => keys.has(ofFolder(folder)),
    toggleFile: (file: MediaFile) => toggle(ofFile(file)),
    toggleFolder: (folder: Folder) => toggle(ofFolder(folder)),
    selectAll: () => setKeys(new Set([...files.map(ofFile), ...folders.map(ofFolder)])),
    clear: () => setKeys(NONE),
  };
}
