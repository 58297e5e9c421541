import { z } from "zod";

import { inUnit, typeName } from "./stated";

/** The periods that CloudWatch Logs offers. */
const choices = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** How long a log group keeps its logs, in days. */
export type LogRetentionDays = (typeof choices)[number];

/** How long a log group keeps its logs, in days. */
export const logRetentionDays = () =>
  z
    .literal(choices, { error: `days, one of ${choices.join(", ")}` })
    .meta({ ...inUnit("days"), ...typeName("LogRetentionDays", "../settings/logRetention") });
