import type { PartContext } from "../../region/part";
import type { Report } from "../../reports";
import type { WantedDatabase } from "./services";

/** What one database reports to the emulator, the timeline and the log. */
export class Reporter {
  private last = "";
  private failure = "";

  constructor(
    private readonly context: Pick<PartContext, "report" | "event" | "log">,
    private readonly id: string,
  ) {}

  /** The state that was reported last, or is known. */
  get state(): string {
    return this.last;
  }

  report(
    { place: { accountId, region } }: Pick<WantedDatabase, "place">,
    answer: Pick<Extract<Report, { kind: "database" }>, "state" | "reason">,
  ): void {
    this.last = answer.state;
    this.context.report({ kind: "database", accountId, region, id: this.id, ...answer });
  }

  /** The database is available, and the emulator knows it. */
  isAvailable(): void {
    this.last = "available";
  }

  /** Reports a failure once, however often it is tried again. */
  fail(wanted: WantedDatabase, message: string): void {
    if (message === this.failure) return;
    this.failure = message;
    this.log(message);
    if (wanted.database !== undefined) this.report(wanted, { state: "failed", reason: message });
  }

  succeeded(): void {
    this.failure = "";
  }

  /** Adds a line to the region's log. */
  log(line: string): void {
    this.context.log(`database ${this.id}: ${line}`);
  }

  /** Adds a line to the timeline. */
  say(text: string): void {
    this.context.event({ kind: "database", id: this.id, text });
  }
}
