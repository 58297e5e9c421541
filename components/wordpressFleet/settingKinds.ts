import { z } from "zod";

import { isRecurrence, recurrenceAllowed } from "../schedules/recurrence";
import { amiId, flag, oneOf, text, timeZone, wholeNumber } from "../settings/kinds";
import { logRetentionDays } from "../settings/logRetention";
import { inUnit, omitted } from "../settings/stated";
import { leastBootSeconds } from "./bootTimes";

/** The schemas of the values in the fleet's settings. */

// More servers than this for one WordPress site are a typing mistake.
export const servers = (min: 0 | 1) => wholeNumber({ min, max: 100, unit: "servers" });
export const seconds = (min: number, max: number) => wholeNumber({ min, max, unit: "seconds" });
export const bootReason =
  "a server needs that long to boot, and with a shorter time Auto Scaling replaces it again and again";
export const bootSeconds = (max: number) => {
  const { bake: min, bootstrap } = leastBootSeconds;
  const error = `a whole number of seconds from ${String(min)} to ${String(max)} (with image bootstrap from ${String(bootstrap)}); ${bootReason}`;
  return z.int({ error }).min(min, { error }).max(max, { error }).meta(inUnit("seconds"));
};

export const image = z.discriminatedUnion(
  "source",
  [
    z.strictObject({
      source: z.literal("bake").describe("A golden image that `up` builds from Debian 13."),
      debianAmiId: amiId()
        .optional()
        .describe("The Debian 13 AMI to build from. Another one replaces all servers.")
        .meta(omitted("the newest Debian 13 when `up` builds the image")),
    }),
    z.strictObject({
      source: z.literal("existing").describe("An AMI of yours."),
      amiId: amiId().describe("The AMI, with the servers' files in it. Another one replaces all servers."),
    }),
    z.strictObject({
      source: z.literal("bootstrap").describe("Debian 13; each server installs WordPress at its first boot."),
      debianAmiId: amiId()
        .optional()
        .describe("The Debian 13 AMI that servers start from. Another one replaces all servers.")
        .meta(omitted("the newest Debian 13 when `up` creates the launch template")),
    }),
  ],
  {
    error:
      "{ source: bake }, { source: existing, amiId: ami-… } or { source: bootstrap }; the first and the last may have a debianAmiId: ami-…",
  },
);

export const schedule = z.strictObject(
  {
    name: text(/[A-Za-z0-9-]{1,64}/, "1 to 64 letters, digits or -").describe(
      "Name of the schedule, unique in the fleet.",
    ),
    recurrence: z
      .string({ error: recurrenceAllowed })
      .refine(isRecurrence, { error: recurrenceAllowed })
      .describe("When the sizes apply from, as five cron fields in `timeZone`."),
    timeZone: timeZone().default("UTC").describe("Time zone of `recurrence`, by its IANA name."),
    min: servers(0).describe("How many servers always run from then on."),
    desired: servers(0).describe("How many servers run at that time."),
    max: servers(0).describe("How many servers run at most from then on."),
  },
  { error: "{ name, recurrence, timeZone, min, desired, max }" },
);

/** Auto Scaling's quota for a group. */
export const mostSchedules = 125;
export const schedulesAllowed = `a list of at most ${String(mostSchedules)} schedules`;

export const targetTracking = z.strictObject(
  {
    cpuPercent: wholeNumber({ min: 10, max: 100, unit: "percent" }).describe(
      "The average CPU utilization of the fleet that Auto Scaling keeps.",
    ),
    scaleIn: flag()
      .default(true)
      .describe("Whether target tracking also terminates servers when the load falls."),
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

/** The longest common name of a certificate. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const longestCommonName = 64;
export const domain = z.strictObject(
  {
    name: hostName(
      longestCommonName,
      `a host name in lower case, of at most ${String(longestCommonName)} characters, e.g. blog.example.com`,
    ).describe("Host name of the site: the zone's name, or a name in the zone."),
    hostedZoneName: hostName(
      253,
      "a public Route 53 zone of yours, in lower case, e.g. example.com",
    ).describe("Name of an existing public Route 53 zone of the account."),
  },
  { error: "{ name, hostedZoneName }" },
);

/** A web ACL of AWS WAF. The bounds of the limit are AWS's. */
export const waf = z.strictObject(
  {
    mode: oneOf(["count", "block"])
      .default("count")
      .describe(
        "What happens to a request that a rule matches: `count`: the log and the metrics have it, and the site answers; `block`: AWS WAF answers 403, except for the rules that inspect bodies. Begin with `count`, and read the log before you block.",
      ),
    loginRequestsPerFiveMinutes: wholeNumber({ min: 10, max: 2_000_000_000, unit: "requests" })
      .default(100)
      .describe(
        "How many requests to wp-login.php and xmlrpc.php one address may send in five minutes. A login has at least two. A school or an office often shares one address.",
      ),
    logRetentionDays: logRetentionDays()
      .default(30)
      .describe(
        "How long CloudWatch Logs keeps the log of blocked and counted requests. It contains visitors' addresses.",
      ),
  },
  { error: "{ mode, loginRequestsPerFiveMinutes, logRetentionDays }, each optional" },
);

/** No control characters, line separators, unpaired surrogates or bidirectional formatting characters. */
export const siteTitleForm =
  /(?!\s)[^\p{Cc}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]{1,80}(?<!\s)/u;
