/**
 * Replaces a site's addresses in text by another origin, as bytes: no decoding, and nothing is kept but the last few
 * bytes of a chunk. Addresses may be plain, escaped as in JSON (`http:\/\/`), or percent-encoded.
 */

import type { KnownTexts } from "./knownTexts";
import type { Rewriting } from "./rewriting";

/** How an address may be written. The longest comes first: it contains the others. */
const forms = [
  { colon: ":", slashes: String.raw`\/\/`, encode: (text: string) => text.replaceAll("/", String.raw`\/`) },
  {
    colon: "%253A",
    slashes: "%252F%252F",
    encode: (text: string) => encodeURIComponent(encodeURIComponent(text)),
  },
  { colon: "%3A", slashes: "%2F%2F", encode: encodeURIComponent },
  { colon: "%3a", slashes: "%2f%2f", encode: encodeURIComponent },
  { colon: ":", slashes: "//", encode: (text: string) => text },
] as const;

const webSchemes = ["https", "http"] as const;
const socketSchemes = ["wss", "ws"] as const;
const defaultPorts: readonly string[] = ["80", "443"];

interface Form {
  /** What is before the host name. */
  readonly before: Buffer;
  /** What is between the host name and a port. */
  readonly colon: Buffer;
  readonly replacement: Buffer;
}

const knownForms = new Map<string, readonly Form[]>();
const mostKnownForms = 100;

/** The forms are the same for every text. */
function formsOf(origin: string): readonly Form[] {
  const known = knownForms.get(origin);
  if (known !== undefined) return known;
  const made = makeForms(origin);
  if (knownForms.size === mostKnownForms) knownForms.clear();
  knownForms.set(origin, made);
  return made;
}

/** Also addresses without a scheme, which take the page's own. */
function makeForms(origin: string): readonly Form[] {
  const socketOrigin = origin.replace(/^http/, "ws");
  const withoutScheme = origin.replace(/^[a-z]+:/, "");
  return forms.flatMap(({ colon, slashes, encode }) => {
    const form = (before: string, replacement: string): Form => ({
      before: Buffer.from(before),
      colon: Buffer.from(colon),
      replacement: Buffer.from(encode(replacement)),
    });
    return [
      ...webSchemes.map((scheme) => form(scheme + colon + slashes, origin)),
      ...socketSchemes.map((scheme) => form(scheme + colon + slashes, socketOrigin)),
      form(slashes, withoutScheme),
    ];
  });
}

const longestBefore = "https%253A%252F%252F".length;
const longestPort = "%253A65535".length;

const hostBytes = new Set(Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"));

/** Whether a byte may be part of a host name. */
function isOfHost(byte: number | undefined): boolean {
  return byte !== undefined && hostBytes.has(byte);
}

/** One name to look for. A page is a sequence of chunks, which ends with {@link end}. */
class NameRewriter {
  private readonly name: Buffer;
  private readonly forms: readonly Form[];
  /** An address that may begin in the last bytes of a chunk. */
  private readonly held: number;
  private readonly ports: readonly Buffer[];
  /** What is not replaced yet. */
  rest: Buffer = Buffer.alloc(0);

  constructor(name: string, origin: string, ownPort: string | undefined) {
    this.name = Buffer.from(name);
    this.forms = formsOf(origin);
    this.held = longestBefore + this.name.length + longestPort + 1;
    this.ports = [...defaultPorts, ...(ownPort === undefined ? [] : [ownPort])].map((each) =>
      Buffer.from(each),
    );
  }

  write(chunk: Buffer): Buffer {
    const all = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    return this.replace(all, Math.max(0, all.length - this.held));
  }

  end(): Buffer {
    const all = this.rest;
    this.rest = Buffer.alloc(0);
    return this.replace(all, all.length);
  }

  /** @param safe no address that begins here or later is complete */
  private replace(all: Buffer, safe: number): Buffer {
    const parts: Buffer[] = [];
    let done = 0;
    let from = 0;
    for (;;) {
      const at = all.indexOf(this.name, from);
      if (at === -1 || at - longestBefore >= safe) break;
      from = at + this.name.length;
      const match = this.match(all, at);
      if (match === undefined) continue;
      // What begins later is found again with the next chunk.
      if (match.start >= safe) break;
      parts.push(all.subarray(done, match.start), match.replacement);
      done = match.end;
      from = done;
    }
    const until = Math.max(done, safe);
    parts.push(all.subarray(done, until));
    this.rest = all.subarray(until);
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  }

  private match(all: Buffer, at: number): { start: number; end: number; replacement: Buffer } | undefined {
    const form = this.forms.find(({ before }) => endsAt(all, before, at));
    if (form === undefined) return undefined;
    let end = at + this.name.length;
    const port = this.ports.find(
      (each) => beginsAt(all, form.colon, end) && beginsAt(all, each, end + form.colon.length),
    );
    if (port !== undefined && !isOfHost(all[end + form.colon.length + port.length])) {
      end += form.colon.length + port.length;
    } else if (isOfHost(all[end]) || beginsAt(all, form.colon, end)) {
      // Another host whose name begins with this one, a sentence's end apart; or another port.
      const isSentence = all[end] === 0x2e && !isOfHost(all[end + 1]);
      if (!isSentence) return undefined;
    }
    return { start: at - form.before.length, end, replacement: form.replacement };
  }
}

function beginsAt(all: Buffer, part: Buffer, at: number): boolean {
  return all.length >= at + part.length && all.compare(part, 0, part.length, at, at + part.length) === 0;
}

function endsAt(all: Buffer, part: Buffer, at: number): boolean {
  // Most forms end already with another byte: comparing it costs less than a call.
  return all[at - 1] === part.at(-1) && at >= part.length && beginsAt(all, part, at - part.length);
}

/** Rewrites a text that arrives in chunks. */
export class Rewriter {
  private readonly steps: readonly NameRewriter[];
  private hasBegun = false;

  /** @param known the beginnings of texts that were rewritten before */
  constructor(
    private readonly rewriting: Rewriting,
    private readonly known?: KnownTexts,
  ) {
    const { names, port, origin } = rewriting;
    this.steps = names.map((name) => new NameRewriter(name, origin, port?.toString()));
  }

  write(chunk: Buffer): Buffer {
    if (this.hasBegun || this.known === undefined) return this.rewrite(chunk);
    this.hasBegun = true;
    const known = this.known.find(chunk, this.rewriting);
    if (known === undefined) {
      const result = this.rewrite(chunk);
      this.known.keep(chunk, this.rewriting, { result, rests: this.steps.map(({ rest }) => rest) });
      return result;
    }
    for (const [index, step] of this.steps.entries()) step.rest = known.rests[index] ?? step.rest;
    return known.result;
  }

  end(): Buffer {
    // What one step held back passes the next ones.
    return this.steps.reduce(
      (bytes: Buffer, step) => Buffer.concat([bytes.length === 0 ? bytes : step.write(bytes), step.end()]),
      Buffer.alloc(0),
    );
  }

  private rewrite(chunk: Buffer): Buffer {
    return this.steps.reduce((bytes, step) => step.write(bytes), chunk);
  }
}

/** Rewrites a whole text, e.g. a header. */
export function rewritten(text: string, rewriting: Rewriting): string {
  if (!rewriting.names.some((name) => text.includes(name))) return text;
  const rewriter = new Rewriter(rewriting);
  const bytes = Buffer.from(text, "latin1");
  return Buffer.concat([rewriter.write(bytes), rewriter.end()]).toString("latin1");
}
