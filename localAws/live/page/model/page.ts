/**
 * What the page shows of one stack: plain data, as it travels to the browser. Times are milliseconds since 1970. Names
 * and values are AWS's own. A section changes as a whole.
 */
export interface PageState {
  readonly about: About;
  readonly problems: readonly Problem[];
  readonly group: Group | null;
  readonly servers: readonly Server[];
  /** Instances of the VPC that are not in the group: the launcher's, and the builder of an image. */
  readonly others: readonly OtherServer[];
  readonly cpu: Cpu;
  readonly traffic: Traffic;
  readonly alarms: readonly Alarm[];
  readonly refresh: Refresh | null;
  /** Newest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly database: Database | null;
  readonly cost: RunningCost | null;
  /** Newest first; null where no mailbox can be read, as on AWS. */
  readonly mail: readonly Mail[] | null;
}

export type Section = keyof PageState;

export interface About {
  readonly stack: string;
  readonly region: string;
  /** `local`: the live region on this machine; `aws`: an account at AWS. */
  readonly where: "local" | "aws";
  readonly siteUrl: string | null;
  /** Sentences about which times are AWS's and which are shorter. */
  readonly pace: readonly string[];
}

/** A question that AWS did not answer. What the page shows of it is the last answer. */
export interface Problem {
  readonly topic: string;
  readonly text: string;
  readonly since: number;
}

export interface Group {
  readonly name: string;
  readonly min: number;
  readonly desired: number;
  readonly max: number;
  readonly zones: readonly string[];
  readonly healthCheckType: string;
  readonly graceSeconds: number;
  readonly cooldownSeconds: number;
  readonly warmupSeconds: number | null;
  /** Suspended processes of Auto Scaling. */
  readonly suspended: readonly string[];
}

export type Tone = "good" | "info" | "warning" | "bad";

export interface Server {
  readonly id: string;
  /** The tag `Name`. */
  readonly name: string | null;
  readonly zone: string;
  readonly type: string;
  readonly privateIp: string | null;
  readonly imageId: string | null;
  readonly templateVersion: string | null;
  readonly launchedAt: number | null;
  /** EC2's instance state. */
  readonly state: string;
  /** Auto Scaling's lifecycle state and health status. */
  readonly lifecycle: string;
  readonly health: string;
  readonly protectedFromScaleIn: boolean;
  readonly target: Target | null;
  /** The instance and system status checks, e.g. `ok`, `initializing`, `impaired`. */
  readonly checks: { readonly instance: string; readonly system: string } | null;
}

/** The target's health, with AWS's reason, e.g. `Target.ResponseCodeMismatch`. */
export interface Target {
  readonly state: string;
  readonly reason: string | null;
  readonly description: string | null;
}

export interface OtherServer {
  readonly id: string;
  readonly name: string | null;
  readonly zone: string;
  readonly type: string;
  readonly state: string;
  readonly launchedAt: number | null;
}

/** A time and a value. */
export type Point = readonly [at: number, value: number];
/** In the order of time. */
export type Series = readonly Point[];

export interface Cpu {
  /** The target of target tracking, in percent. */
  readonly target: number | null;
  /** Seconds between two points; null before there are two. */
  readonly periodSeconds: number | null;
  readonly group: Series;
  readonly servers: Readonly<Record<string, Series>>;
}

export interface Traffic {
  readonly periodSeconds: number | null;
  /** Per second. */
  readonly requests: Series;
  /** Answers 5xx of the servers, per second. */
  readonly targetErrors: Series;
  /** Answers 5xx of the load balancer itself, per second. */
  readonly balancerErrors: Series;
}

export interface Alarm {
  readonly name: string;
  /** The name without what Pulumi and Auto Scaling add to make it unique. */
  readonly label: string;
  readonly description: string | null;
  readonly state: string;
  readonly reason: string | null;
  readonly since: number | null;
  /** E.g. `CPUUtilization > 80 for 3 x 60 s`. */
  readonly condition: string;
  /** Target tracking created it: its alarm state scales the group, and is no fault. */
  readonly scales: "out" | "in" | null;
}

export interface Refresh {
  readonly id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly percent: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export type EntryKind =
  "metric" | "alarm" | "scaling" | "boot" | "health" | "database" | "refresh" | "size" | "region";

export interface TimelineEntry {
  /** The same entry has the same id in each reading. */
  readonly id: string;
  readonly at: number;
  readonly kind: EntryKind;
  readonly tone: Tone;
  /** One sentence. */
  readonly text: string;
  /** AWS's own words: the cause of an activity, the reason of an alarm. */
  readonly detail: string | null;
  readonly serverId: string | null;
  /** The id of the entry that caused this one. */
  readonly because: string | null;
}

export interface Database {
  readonly id: string;
  readonly state: string;
  readonly engine: string;
  readonly instanceClass: string;
  readonly zone: string | null;
  readonly multiAz: boolean;
  readonly storageGiB: number;
}

export interface RunningCost {
  readonly dollarsPerHour: number;
  readonly parts: readonly { readonly name: string; readonly dollarsPerHour: number | null }[];
  /** Date of the price table. */
  readonly pricesAsOf: string;
}

export interface Mail {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}
