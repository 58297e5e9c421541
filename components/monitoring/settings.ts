import { z } from "zod";

import { inPlace } from "../settings/afterUp";
import { flag } from "../settings/kinds";

/** A stack's settings of its monitoring. */
export const monitoringSettings = z.strictObject(
  {
    dashboard: flag()
      .default(true)
      .describe(
        "Whether the stack has a CloudWatch dashboard: its alarms, visitors, servers, database, uploads and launcher on one page. The first three dashboards of an account are free.",
      )
      .meta(inPlace()),
  },
  { error: "settings of the monitoring, as name: value" },
);
