import type { Steps } from "../../cli/steps";

/** More often than this nobody reads it. */
const leastMilliseconds = 200;

/** Steps that tell what is being done, one line at a time: each step's beginning, and now and then its detail. */
export function tellingSteps(tell: (text: string) => void): Steps {
  let toldAt = 0;
  const now = (text: string) => {
    toldAt = performance.now();
    tell(text);
  };
  return {
    run: (title, work) => {
      now(title);
      return work((detail) => {
        if (performance.now() - toldAt >= leastMilliseconds) now(`${title}: ${detail}`);
      });
    },
  };
}
