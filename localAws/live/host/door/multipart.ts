import { Transform } from "node:stream";

import { Rewriter } from "./rewriter";
import type { Rewriting } from "./rewriting";

/** A part with longer headers is no form's: it passes as it is. */
const maxHeaderBytes = 16_384;
const endOfHeaders = Buffer.from("\r\n\r\n");

/** The boundary in a `Content-Type` of a form; undefined for another type: RFC 7578. */
export function boundaryOf(contentType: string): string | undefined {
  const match = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

/** Rewrites the text fields of a form while it arrives. Files pass byte by byte. */
export class FormRewriter {
  private readonly delimiter: Buffer;
  // The first delimiter has no line before it.
  private rest: Buffer = Buffer.from("\r\n");
  private added = 2;
  private place: "headers" | "body" | "end" = "body";
  private rewriter: Rewriter | undefined;

  constructor(
    boundary: string,
    private readonly rewriting: Rewriting,
  ) {
    this.delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  }

  write(chunk: Buffer): Buffer {
    this.rest = Buffer.concat([this.rest, chunk]);
    const parts: Buffer[] = [];
    while (this.step(parts));
    return this.withoutFirstLine(Buffer.concat(parts));
  }

  end(): Buffer {
    const parts = [...this.field(this.rest), ...this.endOfField()];
    this.rest = Buffer.alloc(0);
    return this.withoutFirstLine(Buffer.concat(parts));
  }

  /** @returns whether the rest may have more */
  private step(parts: Buffer[]): boolean {
    switch (this.place) {
      case "headers":
        return this.headers(parts);
      case "body":
        return this.body(parts);
      case "end":
        parts.push(this.take(this.rest.length));
        return false;
    }
  }

  private headers(parts: Buffer[]): boolean {
    if (this.rest.length < 2) return false;
    if (this.rest.toString("latin1", 0, 2) === "--") {
      this.place = "end";
      return true;
    }
    const at = this.rest.indexOf(endOfHeaders);
    if (at === -1 && this.rest.length < maxHeaderBytes) return false;
    const block = this.take(at === -1 ? 0 : at + endOfHeaders.length);
    parts.push(block);
    if (at !== -1 && isText(block.toString("latin1"))) this.rewriter = new Rewriter(this.rewriting);
    this.place = "body";
    return true;
  }

  private body(parts: Buffer[]): boolean {
    const at = this.rest.indexOf(this.delimiter);
    if (at === -1) {
      // A delimiter may begin in the last bytes.
      const safe = this.rest.length - this.delimiter.length + 1;
      if (safe > 0) parts.push(...this.field(this.take(safe)));
      return false;
    }
    parts.push(...this.field(this.take(at)), ...this.endOfField(), this.take(this.delimiter.length));
    this.place = "headers";
    return true;
  }

  private field(bytes: Buffer): readonly Buffer[] {
    return [this.rewriter?.write(bytes) ?? bytes];
  }

  private endOfField(): readonly Buffer[] {
    const { rewriter } = this;
    this.rewriter = undefined;
    return rewriter === undefined ? [] : [rewriter.end()];
  }

  private take(length: number): Buffer {
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  /** Drops the line end that the first delimiter lacks. */
  private withoutFirstLine(bytes: Buffer): Buffer {
    const dropped = Math.min(this.added, bytes.length);
    this.added -= dropped;
    return bytes.subarray(dropped);
  }
}

/** Whether a part is a field with text: without a file's name, and of no other type. */
function isText(headers: string): boolean {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? "";
  const type = /^content-type:\s*(\S+)/im.exec(headers)?.[1] ?? "text/plain";
  return !/;\s*filename\*?=/i.test(disposition) && /^text\//i.test(type);
}

/** A stream that rewrites a form. */
export function formStream(boundary: string, rewriting: Rewriting): Transform {
  const rewriter = new FormRewriter(boundary, rewriting);
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      done(null, rewriter.write(chunk));
    },
    flush: (done) => {
      done(null, rewriter.end());
    },
  });
}
