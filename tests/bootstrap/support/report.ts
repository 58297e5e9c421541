/** Counts and prints; nothing else decides what the run ends with. */
export class Report {
  private passed = 0;
  private failed = 0;
  private readonly began = Date.now();
  private readonly measured: string[] = [];

  /** A heading, with the time since the run began. */
  section(title: string): void {
    console.log(`\n[${this.elapsedSeconds()} s] ${title}`);
  }

  /** One thing that has to be true. A failure is printed and counted, and the run goes on. */
  async check(claim: string, prove: () => Promise<string | undefined> | string | undefined): Promise<void> {
    const start = Date.now();
    try {
      const detail = await prove();
      this.passed += 1;
      console.log(`  ok    ${claim}${detail === undefined ? "" : `: ${detail}`} (${Date.now() - start} ms)`);
    } catch (error) {
      this.failed += 1;
      const message = error instanceof Error ? error.message : String(error);
      console.log(`  FAIL  ${claim}\n        ${message.split("\n").join("\n        ")}`);
    }
  }

  /** A figure for the table at the end. */
  measure(what: string, figure: string): void {
    this.measured.push(`  ${what.padEnd(62)} ${figure}`);
  }

  /** Prints the figures and the closing line. @returns the exit code */
  close(): number {
    console.log(`\nMeasured in this run:\n${this.measured.join("\n")}`);
    console.log(`\n${this.elapsedSeconds()} s in all`);
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }

  private elapsedSeconds(): string {
    return ((Date.now() - this.began) / 1_000).toFixed(1);
  }
}
