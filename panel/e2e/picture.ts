// A picture to upload, made here so that none has to be kept.
import { crc32, deflateSync } from "node:zlib";

/** Return a PNG whose colours go from one corner to the other. */
export function picture(width: number, height: number, tint = 120): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (1 + width * 3) + 1 + x * 3;
      rows.set([Math.round((x / width) * 255), Math.round((y / height) * 255), tint], at);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8); // 8 bits, three colours
  const parts = [chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]);
}

function chunk(kind: string, content: Buffer): Buffer {
  const told = Buffer.concat([Buffer.from(kind, "ascii"), content]);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(content.length, 0);
  sizes.writeUInt32BE(crc32(told), 4);
  return Buffer.concat([sizes.subarray(0, 4), told, sizes.subarray(4)]);
}
