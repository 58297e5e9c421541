import type { LogRetentionDays } from "../settings/logRetention";

// Generated from settings.ts by `npm run docs`; change that file, not this one.

/** The settings of the launcher. All are optional. */
export interface LauncherOptions {
  /**
   * When the function launches servers: `cron(minutes hours day-of-month month day-of-week year)`,
   * `rate(…)` or `at(…)`.
   *
   * - Range: cron(…), rate(…) or at(…)
   * @default "cron(0 9 ? * MON-FRI *)"
   */
  readonly schedule?: string | undefined;

  /**
   * Time zone of `schedule`, by its IANA name.
   *
   * - Range: an IANA time zone in its own upper and lower case, e.g. Asia/Seoul, Europe/Berlin or UTC
   * @default "UTC"
   */
  readonly timeZone?: string | undefined;

  /**
   * Whether the schedule is enabled.
   *
   * - Range: true or false
   * @default true
   */
  readonly enabled?: boolean | undefined;

  /**
   * EC2 instance type of the launched servers.
   *
   * - Range: an EC2 instance type that Linux starts on, e.g. t3.micro or t4g.micro
   * @default "t3.micro"
   */
  readonly instanceType?: string | undefined;

  /**
   * AMI of the launched servers.
   *
   * - Range: an AMI's id, e.g. ami-0123456789abcdef0
   * @default the newest Debian 13 of the instance type's architecture
   */
  readonly amiId?: string | undefined;

  /**
   * An existing EC2 key pair for SSH to the launched servers.
   *
   * - Range: the name of an EC2 key pair: 1 to 255 ASCII characters without * ? $, no space at an end
   * @default no key pair
   */
  readonly keyPairName?: string | undefined;

  /**
   * How many servers a launch starts. A Learner Lab runs at most 9.
   *
   * - Unit: servers
   * - Range: a whole number of servers from 1 to 9
   * @default 1
   */
  readonly serverCount?: number | undefined;

  /**
   * How many launched servers may run at the same time. A launch that would exceed this number starts no
   * server, so it is at least `serverCount`.
   *
   * - Unit: servers
   * - Range: a whole number of servers from 1 to 100
   * @default 3
   */
  readonly maxRunningServers?: number | undefined;

  /**
   * How long after the planned time of its launch a server is terminated.
   *
   * - Unit: minutes
   * - Range: a whole number of minutes from 5 to 43200
   * @default 480
   */
  readonly timeToLiveMinutes?: number | undefined;

  /**
   * How often the function looks for servers that exceed `timeToLiveMinutes` and terminates them.
   *
   * - Unit: minutes
   * - Range: a whole number of minutes from 1 to 1440
   * @default 15
   */
  readonly sweepEveryMinutes?: number | undefined;

  /**
   * Tags of the launched servers, besides the stack's tags.
   *
   * - Range: tags as name: value
   * @default {}
   */
  readonly serverTags?: Readonly<Record<string, string>> | undefined;

  /**
   * Memory of the function.
   *
   * - Unit: MiB
   * - Range: a whole number of MiB from 128 to 3008
   * @default 256
   */
  readonly memoryMiB?: number | undefined;

  /**
   * Timeout of the function.
   *
   * - Unit: seconds
   * - Range: a whole number of seconds from 1 to 900
   * @default 60
   */
  readonly timeoutSeconds?: number | undefined;

  /**
   * How long CloudWatch Logs keeps the function's logs.
   *
   * - Unit: days
   * - Range: days, one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
   *   2192, 2557, 2922, 3288, 3653
   * @default 14
   */
  readonly logRetentionDays?: LogRetentionDays | undefined;

  /**
   * How often EventBridge Scheduler retries a failed invocation of the function.
   *
   * - Unit: retries
   * - Range: a whole number of retries from 0 to 185
   * @default 3
   */
  readonly maxRetries?: number | undefined;

  /**
   * How long after its planned time a launch may still be retried.
   *
   * - Unit: seconds
   * - Range: a whole number of seconds from 60 to 86400
   * @default 900
   */
  readonly maxEventAgeSeconds?: number | undefined;

  /**
   * An existing IAM role for the function and its schedules, e.g. the lab's LabRole.
   *
   * - Range: the ARN of an IAM role, e.g. arn:aws:iam::123456789012:role/LabRole
   * @default least-privilege roles that the stack creates
   */
  readonly existingRoleArn?: string | undefined;

  /**
   * Whether the function has an HTTPS address. Only callers with IAM credentials may invoke it.
   *
   * - Range: true or false
   * @default false
   */
  readonly functionUrl?: boolean | undefined;
}

/** The settings with every default. */
export interface LauncherSettings extends LauncherOptions {
  readonly schedule: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly instanceType: string;
  readonly serverCount: number;
  readonly maxRunningServers: number;
  readonly timeToLiveMinutes: number;
  readonly sweepEveryMinutes: number;
  readonly serverTags: Readonly<Record<string, string>>;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly logRetentionDays: LogRetentionDays;
  readonly maxRetries: number;
  readonly maxEventAgeSeconds: number;
  readonly functionUrl: boolean;
}
