import { z } from "zod";

import { inPlace } from "../settings/afterUp";
import { instant } from "../settings/kinds";
import { omitted } from "../settings/stated";

/** A stack's settings of its lifetime. */
export const lifetimeSettings = z.strictObject(
  {
    endsAt: instant()
      .optional()
      .describe(
        "When the stack pauses itself, with its offset from UTC: the servers end, none starts again, and the database stops. `npm run students -- guard class.csv --pause` does it for a class.",
      )
      .meta({
        ...inPlace({ note: "a later time starts the servers again; a database that stopped starts by hand" }),
        ...omitted("never"),
      }),
  },
  { error: "settings of the lifetime, as name: value" },
);
