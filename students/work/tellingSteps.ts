import type { Steps } from "../../cli/steps";

/** More frequent lines could not be read. */
const leastMilliseconds = 200;

/** Steps as lines: each step's start, and its detail from time to time. */
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
