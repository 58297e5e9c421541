export const timeZoneAllowed =
  "an IANA time zone in its own upper and lower case, e.g. Asia/Seoul, Europe/Berlin or UTC";

/** An alias of a zone, e.g. US/Eastern. Node.js accepts it in any case, but does not report the right case. */
const aliasForm =
  /^(?:[A-Z][a-z]+|US|GB|GMT|UTC|UCT|Etc)(?:[/_-](?:[A-Z][A-Za-z]*[a-z]|of|es|au|ACT|IN|NSW|LHI|GMT[+-]?\d{0,2}|UTC|UCT|[A-Z]))*$|^(?:[A-Z]{2,3}(?:\dE?[A-Z]*)?|NZ-CHAT|W-SU|GB-Eire|GMT[+-]?0)$/;

/** Whether EventBridge Scheduler and Auto Scaling accept the zone: as IANA writes it. Node.js accepts it in any case. */
export function isTimeZone(zone: string): boolean {
  // An offset such as +09:00 is a zone to Intl, but not to AWS.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    const { timeZone: known } = new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions();
    return known.toLowerCase() === zone.toLowerCase() ? known === zone : aliasForm.test(zone);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
