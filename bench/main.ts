import { join } from "node:path";

import { type Case, measureInTurn } from "./measure";
import { benchCases } from "./cases";
import { median, medianRatio } from "./statistics";

/** What the issue of this measure is: a ratio of two cases and the most or the least it may be. */
interface Goal {
  readonly of: string;
  readonly to: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

const goals: readonly Goal[] = [
  { of: "ours, preview", to: "an empty program", atMost: 1.6 },
  { of: "stock TypeScript, preview", to: "ours, preview", atLeast: 5 },
  { of: "stock TypeScript, preview", to: "official CLI, preview", atLeast: 3 },
  { of: "ours, up with no change", to: "ours, preview with no change", atMost: 1.5 },
];
