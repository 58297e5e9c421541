import type { Steps } from "../../cli/steps";

/** Lines that appear more often cannot be read. */
const leastMilliseconds = 200;

/** Steps as lines: each step's start, and its detail from time to time. */
export function reportingSteps(report: (text: string) => void): Steps {
  let reportedAt = 0;
  const now = (text: string) => {
    reportedAt = performance.now();
    report(text);
  };
  return {
    run: (title, work) => {
      now(title);
      return work((detail) => {
        if (performance.now() - reportedAt >= leastMilliseconds) now(`${title}: ${detail}`);
      });
    },
  };
}
