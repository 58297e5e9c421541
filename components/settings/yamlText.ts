import type { Problem } from "./problem";

/** A text file's content, or the reason why it is no UTF-8 text. */
export type Decoded = { readonly text: string } | { readonly problem: Problem };

const saveAsUtf8 = "UTF-8 text: save the file as UTF-8 in the editor";

/** Reads bytes as UTF-8, as Pulumi does; a byte order mark is skipped. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  if (isUtf16(bytes)) return { problem: problemAt(1, "UTF-16 text") };
  for (const [index, byte] of invalidBytes(bytes)) {
    const line = bytes.subarray(0, index).filter((each) => each === newline).length + 1;
    return { problem: problemAt(line, `the byte 0x${byte.toString(16).padStart(2, "0")}`) };
  }
  return { text: new TextDecoder("utf-8").decode(bytes) };
}

const newline = 0x0a;

function problemAt(line: number, value: string): Problem {
  return { path: "", value, allowed: saveAsUtf8, line };
}

/** Windows' Notepad calls it Unicode. A text in it has a mark at the start, or a zero byte in each ASCII letter. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || bytes.includes(0);
}

/** The first byte that is no UTF-8, with its index. */
function* invalidBytes(bytes: Uint8Array): Generator<readonly [number, number]> {
  if (isUtf8(bytes)) return;
  let start = 0;
  for (let end = 1; end <= bytes.length; end += 1) {
    // Each line alone is UTF-8 or not: a newline is in no longer character.
    if (end < bytes.length && bytes[end - 1] !== newline) continue;
    const line = bytes.subarray(start, end);
    if (!isUtf8(line)) {
      const valid = validLength(line);
      yield [start + valid, line[valid] ?? 0];
      return;
    }
    start = end;
  }
}

/** How many bytes from the start are UTF-8. */
function validLength(line: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let valid = 0;
  for (let index = 0; index < line.length; index += 1) {
    try {
      // A character that has not ended yet decodes to nothing.
      if (decoder.decode(line.subarray(index, index + 1), { stream: true }) !== "") valid = index + 1;
    } catch (error) {
      if (error instanceof TypeError) return valid;
      throw error;
    }
  }
  return valid;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
