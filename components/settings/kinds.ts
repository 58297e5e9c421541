import { z } from "zod";

/**
 * The kinds of value that settings are made of. Each carries, as its error, the sentence that says what is
 * allowed, so that a wrong value of any sort gets the same helpful answer.
 */

/** A whole number within bounds; `unit` is the plural word that a person reads: seconds, GiB, servers. */
export function wholeNumber(bounds: { readonly min: number; readonly max: number; readonly unit: string }) {
  const error = `a whole number of ${bounds.unit} from ${String(bounds.min)} to ${String(bounds.max)}`;
  return z.int({ error }).min(bounds.min, { error }).max(bounds.max, { error });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `one of ${words.join(", ")}` });
}

/** `true` or `false`. */
export const flag = () => z.boolean({ error: "true or false" });

/** A string that is of a given form from end to end; `allowed` says which, with an example. */
export const text = (form: RegExp, allowed: string) =>
  z.string({ error: allowed }).regex(new RegExp(`^(?:${form.source})$`, form.flags), { error: allowed });

/** An AMI. */
export const amiId = () => text(/ami-[0-9a-f]{8,17}/, "an AMI's id, e.g. ami-0123456789abcdef0");

/** What a server is, by EC2's name for it. */
export const instanceType = () => text(/[a-z][a-z0-9-]*\.[a-z0-9-]+/, "an EC2 instance type, e.g. t3.micro");

/** A key pair that there is, by its name. */
export const keyPairName = () => text(/[\x20-\x7e]{1,255}/, "the name of an EC2 key pair");

/** An ARN of one service, in any partition (aws, aws-cn, aws-us-gov). */
export const arn = (service: string, example: string) =>
  text(new RegExp(`arn:aws[a-z-]*:${service}:[a-z0-9-]*:\\d{12}:.+`), `an ARN, e.g. ${example}`);

/** A time zone by its IANA name, as EventBridge Scheduler and Auto Scaling take it. */
export const timeZone = () =>
  z.string({ error: timeZoneAllowed }).refine((zone) => isTimeZone(zone), { error: timeZoneAllowed });

const timeZoneAllowed = "an IANA time zone, e.g. Asia/Seoul, Europe/Berlin or UTC";

function isTimeZone(zone: string): boolean {
  // An offset such as +09:00 is a zone to Intl, but not to AWS.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Tags that a person gives: AWS's limits, and its reserved prefix refused. */
export const tags = () =>
  z.record(
    text(
      /(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}/u,
      "a tag key of 1 to 128 characters that does not start with aws:",
    ),
    text(/[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}/u, "a tag value of at most 256 characters"),
    { error: "tags as name: value" },
  );
