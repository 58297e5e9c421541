import { countsSince, loadBalancerCount, type Counts } from "./totals";

/** Requests and errors per second, for people who watch. */
export interface Rates {
  readonly requests: number;
  /** Answers with a status of 500 or more, of targets and of the load balancer itself. */
  readonly errors: number;
}

const windowMilliseconds = 5_000;

/** The newest samples of counters. */
export class RateWindow {
  private samples: { readonly at: number; readonly counts: Counts }[] = [];

  add(at: number, counts: Counts): void {
    this.samples = [...this.samples.filter((each) => at - each.at <= windowMilliseconds), { at, counts }];
  }

  rates(): Rates {
    const [first] = this.samples;
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.at === first.at) return { requests: 0, errors: 0 };
    const seconds = (last.at - first.at) / 1_000;
    const counts = countsSince(last.counts, first.counts);
    return {
      requests: loadBalancerCount(counts, "requests") / seconds,
      errors: loadBalancerCount(counts, "errors") / seconds,
    };
  }
}
