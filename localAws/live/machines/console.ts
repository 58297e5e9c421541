import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Joins what a machine writes at about the same time. */
const gatherMilliseconds = 250;
/** A machine that writes without end must not fill the disk. EC2 itself keeps 64 KB. */
const maxBytes = 4 * 2 ** 20;
const keptBytes = 2 ** 20;

/** A machine's console: in a file, and reported as it grows. */
export class Console {
  private waiting = "";
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly file: string,
    private readonly report: (text: string) => void,
  ) {}

  get text(): string {
    return existsSync(this.file) ? readFileSync(this.file, "utf8") : "";
  }

  write(text: string): void {
    mkdirSync(dirname(this.file), { recursive: true });
    appendFileSync(this.file, text);
    if (statSync(this.file).size > maxBytes) writeFileSync(this.file, this.text.slice(-keptBytes));
    this.waiting += text;
    this.timer ??= setTimeout(() => {
      this.flush();
    }, gatherMilliseconds);
  }

  /** Reports what was not reported yet: before the machine's end is. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const text = this.waiting;
    this.waiting = "";
    if (text !== "") this.report(text);
  }
}
