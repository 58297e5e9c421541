import { processorTime, processorUse } from "./processor";

/** Counts and prints the checks, which alone determine the exit code of the run. */
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
   * A claim about time, decided by a measurement. When it does not hold while other programs use the processors, it
   * is measured again, `tries` times in total; then it counts as not measurable.
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
          const why = `other programs used ${percent(othersShare)} of the processors`;
          if (left > 0) {
            console.log(`  retry ${claim}: ${message(error)}, while ${why}`);
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
      `\n${seconds(this.began)} s in all, ${ownSeconds.toFixed(0)} s of processor time; other programs used ${percent(othersShare)} of the processors`,
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

/** With a greater share of the processors used by other programs, a measured time is not conclusive. */
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
