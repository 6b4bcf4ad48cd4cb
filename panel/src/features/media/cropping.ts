// Which part of a picture is kept, and what it is called.
import { texts } from "@/app/texts";

interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Return in whole pixels what was told in hundredths of the sides; never less than one, never beyond the picture. */
export function pixelsOf(crop: Part, width: number, height: number): Part {
  const x = Math.round((crop.x / 100) * width);
  const y = Math.round((crop.y / 100) * height);
  return {
    x,
    y,
    width: Math.max(1, Math.min(width - x, Math.round((crop.width / 100) * width))),
    height: Math.max(1, Math.min(height - y, Math.round((crop.height / 100) * height))),
  };
}

/** Return a name for a part of a picture, with the same ending. */
export function croppedName(name: string): string {
  const [, stem = name, ending = ""] = /^(.+?)(\.[^.]*)?$/.exec(name) ?? [];
  return `${texts.media.cropName(stem)}${ending}`;
}
