import type { Text } from "../language/text";
import type { StackState } from "./recordedState";

/** What a student's account has of the site. */
export interface SiteParts {
  readonly balancer: boolean;
  readonly group: boolean;
  readonly database: boolean;
  /** Servers that serve, or wait to: those of the group and behind the load balancer. */
  readonly servers: number;
  /** Healthy targets behind the load balancer. */
  readonly healthy: number;
  /** Whether the group keeps no server. */
  readonly paused: boolean;
}

/** The state of a site by what its account has. */
export type AccountState = "not up" | "up" | "paused" | "not serving" | "incomplete" | "unknown";

/** One student's progress at one time. */
export interface Progress {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** ISO 8601. */
  readonly askedAt: string;
  readonly state: AccountState | StackState;
  /** What the state comes from, e.g. `no load balancer`; empty when it is obvious. */
  readonly detail: Text;
  readonly accountId: string | null;
  readonly points: {
    readonly points: number;
    readonly possible: number;
    readonly notChecked: number;
  } | null;
  /** ISO 8601: when the points were given, if it was before this look. */
  readonly gradedAt?: string;
  readonly cost: {
    /** US dollars so far, by the ages of what the account has. */
    readonly dollars: number;
    readonly dollarsPerHour: number;
    /** What is not in the sums: resources without a price, and kinds that AWS did not list. */
    readonly unknown: readonly string[];
  } | null;
  /** ISO 8601. */
  readonly credentialsExpireAt: string | null;
  readonly siteUrl: string | null;
  /** Why the account could not be asked, and what to do. */
  readonly problem: { readonly reason: Text; readonly next: Text } | null;
  /** Why the last run failed. */
  readonly failure: string | null;
}

const missingPart = {
  balancer: { en: "no load balancer", ko: "로드 밸런서 없음" },
  group: { en: "no Auto Scaling group and no server", ko: "Auto Scaling 그룹과 서버 없음" },
  database: { en: "no database", ko: "데이터베이스 없음" },
} as const satisfies Readonly<Record<string, Text>>;

/** The state of a site, and why. */
export function accountState(parts: SiteParts): { readonly state: AccountState; readonly detail: Text } {
  const { balancer, group, database, servers, healthy, paused } = parts;
  const runs = group || servers > 0;
  if (!balancer && !runs && !database) return { state: "not up", detail: { en: "", ko: "" } };
  const missing = [
    ...(balancer ? [] : [missingPart.balancer]),
    ...(runs ? [] : [missingPart.group]),
    ...(database ? [] : [missingPart.database]),
  ];
  if (missing.length > 0) {
    return {
      state: "incomplete",
      detail: { en: missing.map(({ en }) => en).join(", "), ko: missing.map(({ ko }) => ko).join(", ") },
    };
  }
  if (paused) return { state: "paused", detail: { en: "", ko: "" } };
  if (healthy === 0) {
    return {
      state: "not serving",
      detail: {
        en: `no healthy server behind the load balancer, ${servers} in total`,
        ko: `로드 밸런서에 정상 서버 없음, 전체 ${servers}대`,
      },
    };
  }
  return {
    state: "up",
    detail: {
      en: healthy === 1 ? "1 healthy server" : `${healthy} healthy servers`,
      ko: `정상 서버 ${healthy}대`,
    },
  };
}
