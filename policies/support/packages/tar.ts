import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

const blockSize = 512;

/** The sum of the files in a tar file, which may be compressed with gzip. A file that is no tar file has its own size. */
export async function sizeInTar(file: string, compressed: boolean): Promise<number> {
  const chunks: AsyncIterable<unknown> = compressed ? unzipped(file) : createReadStream(file);
  let files = 0;
  let all = 0;
  let isTar = true;
  /** Bytes of the current member that follow. */
  let skip = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (!Buffer.isBuffer(chunk)) continue;
    all += chunk.length;
    if (!isTar) continue;
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const skipped = Math.min(skip, rest.length);
      rest = rest.subarray(skipped);
      skip -= skipped;
      if (skip > 0 || rest.length < blockSize) break;
      const member = memberOf(rest.subarray(0, blockSize));
      isTar = member !== undefined;
      if (member === undefined) break;
      rest = rest.subarray(blockSize);
      if (member.isFile) files += member.size;
      skip = Math.ceil(member.size / blockSize) * blockSize;
    }
  }
  return isTar ? files : all;
}

function unzipped(file: string): AsyncIterable<unknown> {
  const content = createReadStream(file);
  const gunzip = createGunzip();
  // `pipe` does not pass on errors.
  content.on("error", (error) => gunzip.destroy(error));
  return content.pipe(gunzip);
}

/** `undefined` for a block that is no header. An empty block ends the members, and has none. */
function memberOf(header: Buffer): { readonly size: number; readonly isFile: boolean } | undefined {
  if (header.every((byte) => byte === 0)) return { size: 0, isFile: false };
  const sum = parseInt(textAt(header, 148, 8), 8);
  const own = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (sum !== own) return undefined;
  const kind = String.fromCharCode(header[156] ?? 0);
  return { size: sizeAt(header), isFile: ["0", "\0", "7"].includes(kind) };
}

/** In octal digits, or in binary when the first bit is set. */
function sizeAt(header: Buffer): number {
  const isBinary = ((header[124] ?? 0) & 0x80) !== 0;
  return isBinary ? Number(header.readBigUInt64BE(128)) : parseInt(textAt(header, 124, 12), 8) || 0;
}

function textAt(header: Buffer, at: number, length: number): string {
  return header
    .toString("latin1", at, at + length)
    .replaceAll("\0", " ")
    .trim();
}
