// Files of the media library as the server tells of them; entries hold them in the same shape.
export interface Format {
  url: string;
  width: number;
  height: number;
}

export interface MediaFile {
  id: number;
  name: string;
  alternativeText: string | null;
  caption: string | null;
  width: number | null;
  height: number | null;
  formats: Record<string, Format> | null;
  ext: string | null;
  mime: string;
  size: number; // kilobytes
  url: string;
  createdAt: string;
  updatedAt: string;
  folder?: { id: number; name: string } | null;
}

export type Kind = "image" | "video" | "audio" | "file";

/** Return what a file is, as the library and the attributes of content tell files apart. */
export function kindOf(mime: string): Kind {
  const [family] = mime.split("/");
  return family === "image" || family === "video" || family === "audio" ? family : "file";
}

/** Return the address that sites use, in full. */
export const addressOf = ({ url }: MediaFile): string => new URL(url, location.origin).href;

/** Return the address of the smallest picture of a file, where there is one. */
export function thumbnailOf(file: MediaFile): string | undefined {
  if (kindOf(file.mime) !== "image") return undefined;
  return fresh(file.formats?.["thumbnail"]?.url ?? file.url, file);
}

/** Return an address that changes with the content: a file may get another one under its name. */
export const fresh = (url: string, { updatedAt }: MediaFile): string => `${url}?v=${Date.parse(updatedAt)}`;
