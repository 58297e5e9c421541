import type { PageState, Section } from "./page";

/** Sections of the page that changed. */
export type Change = Partial<PageState>;

/** The sections of the later page that differ from the earlier one; the whole page without an earlier one. */
export function differenceOf(before: PageState | undefined, after: PageState): Change {
  if (before === undefined) return after;
  const changed = (section: Section): boolean =>
    JSON.stringify(before[section]) !== JSON.stringify(after[section]);
  return {
    ...(changed("about") ? { about: after.about } : {}),
    ...(changed("problems") ? { problems: after.problems } : {}),
    ...(changed("group") ? { group: after.group } : {}),
    ...(changed("servers") ? { servers: after.servers } : {}),
    ...(changed("others") ? { others: after.others } : {}),
    ...(changed("cpu") ? { cpu: after.cpu } : {}),
    ...(changed("traffic") ? { traffic: after.traffic } : {}),
    ...(changed("alarms") ? { alarms: after.alarms } : {}),
    ...(changed("refresh") ? { refresh: after.refresh } : {}),
    ...(changed("timeline") ? { timeline: after.timeline } : {}),
    ...(changed("database") ? { database: after.database } : {}),
    ...(changed("cost") ? { cost: after.cost } : {}),
    ...(changed("mail") ? { mail: after.mail } : {}),
  };
}
