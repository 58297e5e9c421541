/** Work that runs beside a run's main work, and waits while the main work must not be disturbed. */
export class SideWork {
  private held: Promise<void> | undefined;
  private readonly underWay = new Set<Promise<void>>();

  /** Runs all works, `atOnce` of them at the same time. */
  async run(atOnce: number, works: readonly (() => Promise<void>)[]): Promise<void> {
    const waiting = [...works];
    const oneAfterTheOther = async (): Promise<void> => {
      for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) await this.begin(work);
    };
    await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
  }

  /** Runs exclusive work: waits for the running works, and delays the others until it ends. */
  async alone<T>(disturbable: () => Promise<T>): Promise<T> {
    let release = (): void => undefined;
    this.held = new Promise((resolve) => {
      release = resolve;
    });
    try {
      await Promise.all(this.underWay);
      return await disturbable();
    } finally {
      this.held = undefined;
      release();
    }
  }

  private async begin(work: () => Promise<void>): Promise<void> {
    while (this.held !== undefined) await this.held;
    const doing = work();
    this.underWay.add(doing);
    try {
      await doing;
    } finally {
      this.underWay.delete(doing);
    }
  }
}
