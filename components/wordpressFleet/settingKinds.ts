import { z } from "zod";

import { amiId, flag, text, timeZone, wholeNumber } from "../settings/kinds";
import { leastBootSeconds } from "./bootTimes";
import { isRecurrence, recurrenceAllowed } from "./recurrence";

/** The kinds of value that the fleet's settings are made of. */

// A group of more servers than this is a mistake for one WordPress site, not a plan.
export const servers = (min: 0 | 1) => wholeNumber({ min, max: 100, unit: "servers" });
export const seconds = (min: number, max: number) => wholeNumber({ min, max, unit: "seconds" });
export const bootReason = "a server boots that long, and a shorter time replaces it without end";
export const bootSeconds = (max: number) => {
  const { bake: min, bootstrap } = leastBootSeconds;
  const error = `a whole number of seconds from ${String(min)} to ${String(max)} (with image bootstrap from ${String(bootstrap)}); ${bootReason}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};

export const image = z.discriminatedUnion(
  "source",
  [
    z.strictObject({
      source: z.literal("bake"),
      debianAmiId: amiId().optional(),
    }),
    z.strictObject({
      source: z.literal("existing"),
      amiId: amiId(),
    }),
    z.strictObject({
      source: z.literal("bootstrap"),
      debianAmiId: amiId().optional(),
    }),
  ],
  {
    error:
      "{ source: bake }, { source: existing, amiId: ami-… } or { source: bootstrap }; the first and the last may have a debianAmiId: ami-…",
  },
);

export const schedule = z.strictObject(
  {
    name: text(/[A-Za-z0-9-]{1,64}/, "1 to 64 letters, digits or -"),
    recurrence: z
      .string({ error: recurrenceAllowed })
      .refine(isRecurrence, { error: recurrenceAllowed })
      .describe("When, as five cron fields in `timeZone`."),
    timeZone: timeZone().default("UTC"),
    min: servers(0),
    desired: servers(0),
    max: servers(0),
  },
  { error: "{ name, recurrence, timeZone, min, desired, max }" },
);

/** Auto Scaling's quota for a group. */
export const mostSchedules = 125;

export const targetTracking = z.strictObject(
  {
    cpuPercent: wholeNumber({ min: 10, max: 100, unit: "percent" }).describe(
      "The average CPU use of the group that AWS should hold, in percent.",
    ),
    scaleIn: flag().default(true).describe("Whether it may also take servers away."),
  },
  { error: "{ cpuPercent, scaleIn }" },
);

const hostName = (longest: number, allowed: string) =>
  text(
    new RegExp(
      `(?=.{4,${String(longest)}}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])`,
    ),
    allowed,
  );

/** A certificate's common name is no longer. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const longestCommonName = 64;
export const domain = z.strictObject(
  {
    name: hostName(
      longestCommonName,
      `a host name in lower case, of at most ${String(longestCommonName)} characters, e.g. blog.example.com`,
    ),
    hostedZoneName: hostName(253, "a public Route 53 zone of yours, in lower case, e.g. example.com"),
  },
  { error: "{ name, hostedZoneName }" },
);

/** No controls, line separators, half characters, or marks that turn the direction of what follows. */
export const siteTitleForm =
  /(?!\s)[^\p{Cc}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]{1,80}(?<!\s)/u;
