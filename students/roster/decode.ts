import iconv from "iconv-lite";

import { InvalidRosterError } from "./entry";

/**
 * Characters of Korean text, with those it is mixed with. CP949 also decodes bytes of other encodings, to wrong
 * characters.
 */
const koreanText = /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Latin}\p{P}\p{S}\p{Z}\p{N}\t\r\n]*$/u;

/**
 * A roster's text: UTF-8, UTF-16 with a byte order mark ("Unicode text" of Excel), or CP949, as Korean Excel saves CSV.
 * @throws InvalidRosterError for any other encoding: a name must never be stored as U+FFFD.
 */
export function decodeRoster(file: string, bytes: Uint8Array): string {
  const text = decoded(bytes, byteOrderMark(bytes) ?? "utf-8") ?? korean(bytes);
  if (text !== undefined && !text.includes("\uFFFD")) return text;
  const value = text === undefined ? "bytes that are neither UTF-8 nor CP949" : "U+FFFD, a lost character";
  throw new InvalidRosterError(file, [
    { line: lineOf(text), field: "", value, allowed: 'UTF-8 (in Excel: "CSV UTF-8") or CP949' },
  ]);
}

function byteOrderMark([first, second]: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** `undefined` when the bytes are not in that encoding. */
function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Node.js's TextDecoder knows EUC-KR only, which lacks most of CP949's syllables. */
function korean(bytes: Uint8Array): string | undefined {
  const text = iconv.decode(Buffer.from(bytes), "cp949");
  return !text.includes("\uFFFD") && koreanText.test(text) ? text : undefined;
}

function lineOf(text: string | undefined): number {
  return text === undefined ? 1 : text.slice(0, text.indexOf("\uFFFD")).split("\n").length;
}
