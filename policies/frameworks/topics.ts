/** What a rule is about, and the control of two general frameworks that asks for it. */
interface TopicText {
  readonly what: string;
  /** Annex A of ISO/IEC 27001:2022. */
  readonly iso27001: readonly string[];
  /** The base control of NIST SP 800-53 revision 5, without enhancements. */
  readonly nist80053: readonly string[];
}

/**
 * The topics of rules. A rule without a counterpart in Security Hub has its controls from its topics only.
 *
 * ISO/IEC 27001 is worded by topic, not by AWS resource, and Security Hub does not map it: a topic names the controls of
 * Annex A whose title is the topic.
 */
export const topics = {
  "network-exposure": {
    what: "Reachable from the internet",
    iso27001: ["A.8.20", "A.8.22"],
    nist80053: ["SC-7"],
  },
  "least-privilege": { what: "Permissions", iso27001: ["A.5.15", "A.5.18", "A.8.2"], nist80053: ["AC-6"] },
  "public-access": { what: "Data open to everyone", iso27001: ["A.5.15", "A.8.3"], nist80053: ["AC-3"] },
  credentials: { what: "Passwords and keys", iso27001: ["A.5.17"], nist80053: ["IA-5"] },
  "encryption-at-rest": { what: "Encryption on disk", iso27001: ["A.8.24"], nist80053: ["SC-28"] },
  "encryption-in-transit": { what: "Encryption on the network", iso27001: ["A.8.24"], nist80053: ["SC-8"] },
  availability: { what: "More than one of each", iso27001: ["A.8.14"], nist80053: ["CP-10"] },
  capacity: { what: "Enough servers, memory and time", iso27001: ["A.8.6"], nist80053: ["CP-2(2)"] },
  backup: { what: "Backups", iso27001: ["A.8.13"], nist80053: ["CP-9"] },
  "deletion-protection": { what: "No deletion by mistake", iso27001: ["A.8.32"], nist80053: ["CM-3"] },
  monitoring: { what: "Alarms", iso27001: ["A.8.16"], nist80053: ["SI-4"] },
  logging: { what: "Logs and how long they are kept", iso27001: ["A.8.15"], nist80053: ["AU-11"] },
  inventory: { what: "Tags, and no hidden resources", iso27001: ["A.5.9"], nist80053: ["CM-8"] },
  "supported-software": { what: "Software with security updates", iso27001: ["A.8.8"], nist80053: ["SI-2"] },
  /** No framework asks for it: the deployment would fail, or do nothing. */
  "works-at-all": { what: "Settings that AWS refuses or that have no effect", iso27001: [], nist80053: [] },
  /** No framework asks for it: the account allows nothing else. */
  "account-limits": { what: "Limits of a Learner Lab", iso27001: [], nist80053: [] },
} as const satisfies Readonly<Record<string, TopicText>>;

export type Topic = keyof typeof topics;
