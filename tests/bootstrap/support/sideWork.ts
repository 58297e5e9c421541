/** Work beside a run's main thread, held back while the main thread must not be disturbed. */
export class SideWork {
  private held: Promise<void> | undefined;
  private readonly underWay = new Set<Promise<void>>();

  /** Does all works, `atOnce` of them at the same time. */
  async run(atOnce: number, works: readonly (() => Promise<void>)[]): Promise<void> {
    const waiting = [...works];
    const oneAfterTheOther = async (): Promise<void> => {
      for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) await this.begin(work);
    };
    await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
  }

  /** With no work under way: what has begun is waited for, what has not must wait. */
  async alone<T>(disturbable: () => Promise<T>): Promise<T> {
    let letGo = (): void => undefined;
    this.held = new Promise((resolve) => {
      letGo = resolve;
    });
    try {
      await Promise.all(this.underWay);
      return await disturbable();
    } finally {
      this.held = undefined;
      letGo();
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
