// What the media library asks of the server.
import { queryOptions } from "@tanstack/react-query";
import { bare, client, data } from "@/api/client";
import type { MediaFile } from "@/api/files";
import { type Question, queryString } from "@/api/query";
import type { Page } from "@/api/types";
import { sendForm } from "@/api/upload";
import { queries } from "@/app/queries";

export type Files = Page<MediaFile>;

export interface Folder {
  id: number;
  name: string;
  parent: { id: number } | null;
  children: { count: number };
  files: { count: number };
}

export interface Details {
  name: string;
  alternativeText: string;
  caption: string;
  folder?: number | null; // left out: where it is
}

/** Files and folders that something is done with at once. */
export interface Chosen {
  fileIds: number[];
  folderIds: number[];
}

const at = (id: number) => ({ path: { id: String(id) } });
const asBody = (body: object) => ({ body: body as never });

export const filesQuery = (question: Question) =>
  queryOptions({
    queryKey: ["media", "files", question],
    queryFn: () => bare<Files>(client.GET("/upload/files", { querySerializer: () => queryString(question) })),
    placeholderData: (before: Files | undefined) => before,
  });

/** All folders, each with the one that it is in: the way to a folder, and what is in it, are read from them. */
export const foldersQuery = queryOptions({
  queryKey: ["media", "folders"],
  queryFn: () => {
    const question = { populate: { parent: true }, sort: "name:ASC" };
    return data<Folder[]>(client.GET("/upload/folders", { querySerializer: () => queryString(question) }));
  },
});

type Sending = Parameters<typeof sendForm>[2];

export async function uploadFile(file: File, folder: number | null, how?: Sending): Promise<MediaFile> {
  const info = { name: file.name, folder };
  const [kept] = await sendForm<MediaFile[]>("/upload", formOf(file, info), how);
  return kept as MediaFile;
}

export function replaceFile({ id, name }: MediaFile, file: File): Promise<MediaFile> {
  return sendForm(`/upload/files/${id}/replace`, formOf(file, { name }));
}

function formOf(file: File, info: object): FormData {
  const form = new FormData();
  form.append("files", file, file.name);
  form.append("fileInfo", JSON.stringify(info));
  return form;
}

export function changeFile(id: number, details: Details): Promise<MediaFile> {
  return bare(client.PUT("/upload/files/{id}", { params: at(id), ...asBody({ fileInfo: details }) }));
}

export function createFolder(name: string, parent: number | null): Promise<Folder> {
  return data(client.POST("/upload/folders", asBody({ name, parent })));
}

export function changeFolder(id: number, change: { name?: string; parent?: number | null }): Promise<Folder> {
  return data(client.PUT("/upload/folders/{id}", { params: at(id), ...asBody(change) }));
}

export function moveChosen(chosen: Chosen, destinationFolderId: number | null): Promise<unknown> {
  return data(client.POST("/upload/actions/bulk-move", asBody({ ...chosen, destinationFolderId })));
}

export function deleteChosen(chosen: Chosen): Promise<unknown> {
  return data(client.POST("/upload/actions/bulk-delete", asBody(chosen)));
}

/** Forget what was known of files and folders, and wait until what is on the page is there anew. */
export function forgetFiles(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ["media"] });
}
