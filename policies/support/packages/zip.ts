import { open, type FileHandle } from "node:fs/promises";

/**
 * The sizes in a zip file's directory, which is at its end: the content is not read.
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 to 4.3.16 and 4.5.3
 */
const signatures = { entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 };
const endSize = 22;
const locatorSize = 20;
const end64Size = 56;
const entrySize = 46;
const longestComment = 65_535;
/** A 32-bit value that is in the 64-bit fields instead. */
const elsewhere = 0xffffffff;

/** The unzipped size of a zip file. */
export async function sizeInZip(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const { offset, size } = await directoryOf(handle, file);
    return sumOf(await read(handle, offset, size));
  } finally {
    await handle.close();
  }
}

async function directoryOf(handle: FileHandle, file: string) {
  const { size: fileSize } = await handle.stat();
  const tailStart = Math.max(0, fileSize - longestComment - endSize - locatorSize);
  const tail = await read(handle, tailStart, fileSize - tailStart);
  const end = lastIndex(tail, signatures.end);
  if (end < 0) throw new Error(`${file} is not a complete zip file: it has no directory at its end`);
  const size = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (size !== elsewhere && offset !== elsewhere) return { offset, size };
  const locator = end - locatorSize;
  if (locator < 0 || tail.readUInt32LE(locator) !== signatures.locator64) return { offset, size };
  const end64 = await read(handle, Number(tail.readBigUInt64LE(locator + 8)), end64Size);
  return { size: Number(end64.readBigUInt64LE(40)), offset: Number(end64.readBigUInt64LE(48)) };
}

function lastIndex(bytes: Buffer, signature: number): number {
  const pattern = Buffer.alloc(4);
  pattern.writeUInt32LE(signature);
  const at = bytes.lastIndexOf(pattern);
  return at + endSize <= bytes.length ? at : -1;
}

function sumOf(directory: Buffer): number {
  let sum = 0;
  for (let at = 0; at + entrySize <= directory.length;) {
    if (directory.readUInt32LE(at) !== signatures.entry) break;
    const size = directory.readUInt32LE(at + 24);
    const nameEnd = at + entrySize + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    sum += size === elsewhere ? size64(directory.subarray(nameEnd, extraEnd)) : size;
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return sum;
}

/** The first value of the extra field 1, which is the size when the entry itself does not have it. */
function size64(extra: Buffer): number {
  for (let at = 0; at + 12 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) return Number(extra.readBigUInt64LE(at + 4));
  }
  return elsewhere;
}

async function read(handle: FileHandle, offset: number, size: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, offset);
  return buffer.subarray(0, bytesRead);
}
