// What a field takes, and how large files are in words.
import { type Kind, kindOf, type MediaFile } from "@/api/files";
import { texts } from "@/app/texts";

const NAMED: Readonly<Record<string, Kind>> = { images: "image", videos: "video", audios: "audio", files: "file" };

/** Return which kinds of files a field takes; a field that names none takes all. */
export function kindsTaken(allowedTypes: readonly string[] | null | undefined): Kind[] {
  const named = (allowedTypes ?? []).flatMap((name) => NAMED[name] ?? []);
  return named.length > 0 ? named : Object.values(NAMED);
}

export const isTaken = ({ mime }: Pick<MediaFile, "mime">, kinds: readonly Kind[]): boolean =>
  kinds.includes(kindOf(mime));

const UNITS = ["kB", "MB", "GB"];

/** Return a size in words that was told in kilobytes. */
export function sizeInWords(kilobytes: number): string {
  if (kilobytes < 1) return texts.media.tiny; // The server rounds.
  const power = Math.min(Math.floor(Math.log10(kilobytes) / 3), UNITS.length - 1);
  const number = kilobytes / 1000 ** power;
  return `${number < 10 ? Number(number.toFixed(1)) : Math.round(number)} ${UNITS[power]}`;
}

/** Return what tells a file apart from others of its name: its ending and its size. */
export function wordsOf({ ext, mime, size, width, height }: MediaFile): string {
  const ending = (ext ?? "").replace(".", "").toUpperCase() || texts.media.oneKind[kindOf(mime)];
  return [ending, width && height ? `${width} × ${height}` : sizeInWords(size)].join(" · ");
}

/** Tell whether a picture can be cropped here: drawings have no pixels, and moving pictures would stop. */
export const isCroppable = ({ mime }: MediaFile): boolean => ["image/jpeg", "image/png", "image/webp"].includes(mime);

export const wordsOfKinds = (kinds: readonly Kind[]): string[] => kinds.map((kind) => texts.media.kinds[kind]);
