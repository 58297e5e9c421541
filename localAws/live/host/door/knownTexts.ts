import type { Rewriting } from "./rewriting";

/** The beginning of a text after it was rewritten. */
interface Rewritten {
  readonly result: Buffer;
  /** What each name's step holds back. */
  readonly rests: readonly Buffer[];
}

interface KnownText extends Rewritten {
  readonly text: Buffer;
}

/** About 4 MB. */
const mostKnown = 32;
const longest = 65_536;

/**
 * The last first chunks of texts, with their rewritten form. A site sends a page of its cache again and again, and
 * comparing it costs much less than rewriting it.
 */
export class KnownTexts {
  private readonly texts = new Map<string, KnownText>();

  find(text: Buffer, rewriting: Rewriting): Rewritten | undefined {
    const found = this.texts.get(keyOf(text, rewriting));
    return found?.text.equals(text) === true ? found : undefined;
  }

  keep(text: Buffer, rewriting: Rewriting, rewritten: Rewritten): void {
    if (text.length > longest) return;
    const key = keyOf(text, rewriting);
    // The newest is the last one.
    this.texts.delete(key);
    this.texts.set(key, { text, ...rewritten });
    const [oldest] = this.texts.keys();
    if (oldest !== undefined && this.texts.size > mostKnown) this.texts.delete(oldest);
  }
}

/** Texts of one length are few. */
function keyOf({ length }: Buffer, { names, port, origin }: Rewriting): string {
  return [length, origin, port, ...names].join(" ");
}
