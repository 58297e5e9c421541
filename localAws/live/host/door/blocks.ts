/** The size of a block. */
const blockBytes = 65_536;
/** How long a part of a text waits for the next one: a page that is sent while it is made stays lively. */
const waitMilliseconds = 10;

/**
 * Joins the parts of a text, as they arrive from a connection, to blocks: the cost of a part does not depend on its
 * size, and blocks of the same text are the same each time.
 */
export class Blocks {
  private parts: Buffer[] = [];
  private size = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param write gets each block. @returns whether its receiver takes more now */
  constructor(private readonly write: (block: Buffer) => boolean) {}

  /** @returns whether the receiver of the blocks takes more now */
  add(part: Buffer): boolean {
    this.parts.push(part);
    this.size += part.length;
    let takesMore = true;
    while (this.size >= blockBytes) {
      const all = this.take();
      this.parts = [all.subarray(blockBytes)];
      this.size = all.length - blockBytes;
      takesMore = this.write(all.subarray(0, blockBytes));
    }
    this.timer ??= setTimeout(() => {
      this.flush();
    }, waitMilliseconds);
    return takesMore;
  }

  /** Writes what is there. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.size > 0) this.write(this.take());
  }

  /** Drops what is there: there is no receiver any more. */
  discard(): void {
    clearTimeout(this.timer);
    this.parts = [];
    this.size = 0;
  }

  private take(): Buffer {
    const [only] = this.parts;
    const all = this.parts.length === 1 && only !== undefined ? only : Buffer.concat(this.parts);
    this.parts = [];
    this.size = 0;
    return all;
  }
}
