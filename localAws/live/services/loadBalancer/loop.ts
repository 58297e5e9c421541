/** Runs a step again and again: after a pause, or at once when something asks for it. */
export class Loop {
  private stopped = false;
  private woken = false;
  private wake: (() => void) | undefined;
  private readonly ended: Promise<void>;

  /** @param step returns the milliseconds until the next one; it must not fail */
  constructor(private readonly step: () => Promise<number>) {
    // The caller's constructor ends first.
    this.ended = Promise.resolve().then(() => this.run());
  }

  poke(): void {
    this.woken = true;
    this.wake?.();
  }

  /** Resolves when the current step has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.poke();
    await this.ended;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      await this.pause(await this.step());
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    if (this.woken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }
}
