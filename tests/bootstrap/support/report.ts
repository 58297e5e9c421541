import { processorTime, processorUse } from "./processor";

/** Counts and prints; nothing else decides what the run ends with. */
export class Report {
  private passed = 0;
  private failed = 0;
  private unmeasured = 0;
  private readonly began = Date.now();
  private readonly atStart = processorTime();
  private readonly measured: string[] = [];
  private readonly timings: string[] = [];

  /** A heading, with the time since the run began. */
  section(title: string): void {
    console.log(`\n[${seconds(this.began)} s] ${title}`);
  }

  /** One claim that must be true. A failure is printed and counted, and the run continues. */
  async check(claim: string, prove: () => Promise<string | undefined> | string | undefined): Promise<void> {
    const start = Date.now();
    try {
      this.pass(claim, start, await prove());
    } catch (error) {
      this.fail(claim, start, error);
    }
  }

  /**
   * A promise about time, which holds or not by what was measured. It is not broken by others who have the
   * processors meanwhile: then it is measured once more, `tries` times in all; after that it counts as not measurable.
   * @param hold throws when it does not hold
   */
  async checkTime<T>(
    claim: string,
    measure: () => Promise<T>,
    hold: (measured: T) => string | undefined,
    tries = 3,
  ): Promise<void> {
    const start = Date.now();
    for (let left = tries - 1; left >= 0; left -= 1) {
      const before = processorTime();
      try {
        const measured = await measure();
        const { othersShare } = processorUse(before, processorTime());
        try {
          this.pass(claim, start, hold(measured));
          return;
        } catch (error) {
          if (othersShare <= starvedFrom) throw error;
          const why = `others had ${percent(othersShare)} of the processors`;
          if (left > 0) {
            console.log(`  again ${claim}: ${message(error)}, while ${why}`);
          } else {
            this.unmeasured += 1;
            console.log(`  ?     ${claim}: not measurable, ${why}: ${message(error)}`);
          }
        }
      } catch (error) {
        this.fail(claim, start, error);
        return;
      }
    }
  }

  /** A figure for the table at the end. */
  measure(what: string, figure: string): void {
    this.measured.push(`  ${what.padEnd(62)} ${figure}`);
  }

  /** Prints the figures and the closing line. @returns the exit code */
  close(): number {
    const { ownSeconds, othersShare } = processorUse(this.atStart, processorTime());
    console.log(`\nMeasured in this run:\n${this.measured.join("\n")}`);
    console.log(`\nSeconds of each check:\n${this.timings.join("\n")}`);
    console.log(
      `\n${seconds(this.began)} s in all, ${ownSeconds.toFixed(0)} s of the processors; others had ${percent(othersShare)} of them`,
    );
    const unmeasured = this.unmeasured === 0 ? "" : `, ${this.unmeasured} not measurable on a busy machine`;
    console.log(`${this.passed} passed, ${this.failed} failed${unmeasured}`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }

  private pass(claim: string, start: number, detail: string | undefined): void {
    this.passed += 1;
    this.time(claim, start);
    console.log(`  ok    ${claim}${detail === undefined ? "" : `: ${detail}`} (${seconds(start)} s)`);
  }

  private fail(claim: string, start: number, error: unknown): void {
    this.failed += 1;
    this.time(claim, start);
    console.log(`  FAIL  ${claim}\n        ${message(error).split("\n").join("\n        ")}`);
  }

  private time(claim: string, start: number): void {
    this.timings.push(`  ${seconds(start).padStart(6)}  ${claim}`);
  }
}

/** The part of the processors that others may have before a measured time says nothing. */
const starvedFrom = 0.2;

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1_000).toFixed(1);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
