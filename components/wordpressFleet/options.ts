import type { LogRetentionDays } from "../settings/logRetention";

// Generated from settings.ts by `npm run docs`; change that file, not this one.

/** The settings of the fleet. All are optional. */
export interface FleetOptions {
  /**
   * What servers start from. `{ source: bake }`: a golden image that `up` builds from Debian 13, and
   * rebuilds only when its content changes. `{ source: existing, amiId }`: an AMI of yours. Neither
   * needs internet access. `{ source: bootstrap }`: Debian 13, which installs WordPress at each server's
   * first boot; it needs a NAT gateway and private subnets, and has no page cache. `debianAmiId` pins
   * the Debian image; without it, `up` uses the newest one at build or creation time.
   * @default { source: "bake" }
   */
  readonly image?: FleetImage | undefined;

  /**
   * EC2 instance type of the servers, x86-64 or Graviton (t4g, m7g, …). `up` builds the image for the
   * same architecture; an AMI in `image` must have it, too.
   *
   * - Range: an EC2 instance type that Linux starts on, e.g. t3.micro or t4g.micro
   * @default "t3.micro"
   */
  readonly instanceType?: string | undefined;

  /**
   * An existing EC2 key pair for SSH to the servers. Set this or `sshPublicKey`.
   *
   * - Range: the name of an EC2 key pair: 1 to 255 ASCII characters without * ? $, no space at an end
   * @default no key pair, unless `sshPublicKey` is set
   */
  readonly keyPairName?: string | undefined;

  /**
   * Your SSH public key. `up` creates a key pair from it and, unless `network.instanceConnectEndpoint`
   * is false, the endpoint through which you sign in as `admin`.
   *
   * - Range: an OpenSSH public key on one line, ssh-ed25519 or ssh-rsa of 2048 or 4096 bits, e.g. the
   *   content of ~/.ssh/id_ed25519.pub
   * @default no key pair, unless `keyPairName` is set
   */
  readonly sshPublicKey?: string | undefined;

  /**
   * Size of a server's encrypted root volume.
   *
   * - Unit: GiB
   * - Range: a whole number of GiB from 8 to 1000
   * @default 8
   */
  readonly rootVolumeGiB?: number | undefined;

  /**
   * Which subnets servers run in. Servers get no public address in either. The course uses `public`.
   *
   * - Range: one of private, public
   * @default "private"
   */
  readonly subnets?: "private" | "public" | undefined;

  /**
   * How many servers the fleet has.
   * @default { min: 1, desired: 1, max: 2 }
   */
  readonly capacity?: FleetCapacity | undefined;

  /**
   * What decides how many servers run: `fixed`: the number in `capacity` (min = desired = max), which
   * `up` restores; `manual`: you, between min and max; `automatic`: `schedules` and `targetTracking`.
   *
   * - Range: one of fixed, manual, automatic
   * @default `automatic` with `schedules` or `targetTracking`, else `manual`
   */
  readonly sizing?: "fixed" | "manual" | "automatic" | undefined;

  /**
   * Scheduled scaling: sizes of the fleet from a time on.
   *
   * - Range: a list of at most 125 schedules
   * @default []
   */
  readonly schedules?: readonly FleetSchedule[] | undefined;

  /**
   * Target tracking: Auto Scaling keeps the average CPU utilization of the fleet at a target.
   * @default no target tracking
   */
  readonly targetTracking?: FleetTargetTracking | undefined;

  /**
   * Whether the fleet is stopped: it has no servers (minimum, desired and maximum 0) until this is false
   * again.
   *
   * - Range: true or false
   * @default false
   */
  readonly paused?: boolean | undefined;

  /**
   * Whether new servers are protected from scale-in. Only for a fleet that you shrink yourself: Auto
   * Scaling would lower the desired size of an automatic one, but could not terminate a protected
   * server.
   *
   * - Range: true or false
   * @default false
   */
  readonly scaleInProtection?: boolean | undefined;

  /**
   * How long a new server may be unhealthy before Auto Scaling replaces it. A server that boots longer
   * than this is replaced again and again.
   *
   * - Unit: seconds
   * - Range: a whole number of seconds from 180 to 7200 (with image bootstrap from 900); a server needs
   *   that long to boot, and with a shorter time Auto Scaling replaces it again and again
   * @default 300; 900 with image `bootstrap`
   */
  readonly healthCheckGraceSeconds?: number | undefined;

  /**
   * How long target tracking ignores the CPU utilization of a new server.
   *
   * - Unit: seconds
   * - Range: a whole number of seconds from 180 to 3600 (with image bootstrap from 900); a server needs
   *   that long to boot, and with a shorter time Auto Scaling replaces it again and again
   * @default 300; 900 with image `bootstrap`
   */
  readonly instanceWarmupSeconds?: number | undefined;

  /**
   * How long Auto Scaling waits after a simple scaling activity. Target tracking does not use it.
   *
   * - Unit: seconds
   * - Range: a whole number of seconds from 0 to 86400
   * @default 300
   */
  readonly defaultCooldownSeconds?: number | undefined;

  /**
   * How long the load balancer waits for the open requests of a server that leaves the fleet.
   *
   * - Unit: seconds
   * - Range: a whole number of seconds from 0 to 3600
   * @default 30
   */
  readonly deregistrationDelaySeconds?: number | undefined;

  /**
   * Name of the target group, e.g. wordpress-servers as in the course. It must be unique in the account
   * and region, so only one stack there can have it.
   *
   * - Range: 1 to 32 letters, digits or -, none at an end
   * @default a generated name
   */
  readonly targetGroupName?: string | undefined;

  /**
   * Who receives the alarms and the notifications of launched and terminated servers. Each address must
   * confirm its subscription.
   *
   * - Range: a list of different e-mail addresses
   * @default []
   */
  readonly notificationEmails?: readonly string[] | undefined;

  /**
   * Where WordPress stores uploads: `shared`: on an encrypted EFS file system with a mount target in
   * each zone; `local`: on the server's disk. `local` uploads are lost with their server, and require
   * that every `max` is 1.
   *
   * - Range: one of shared, local
   * @default "shared"
   */
  readonly uploads?: "shared" | "local" | undefined;

  /**
   * Whether AWS Backup makes daily backups of shared uploads. It keeps them for 35 days, also after the
   * file system is deleted.
   *
   * - Range: true or false
   * @default false
   */
  readonly uploadsBackups?: boolean | undefined;

  /**
   * The site's title. Only the installation of WordPress reads it.
   *
   * - Range: 1 to 80 visible characters on one line, no white space at an end
   * @default "WordPress"
   */
  readonly siteTitle?: string | undefined;

  /**
   * E-mail address of the first administrator. Only the installation of WordPress reads it. The password
   * is in the secret of output `adminSecretArn`.
   *
   * - Range: an e-mail address of at most 100 characters, 64 of them before the @
   * @default admin@ the host name of the site
   */
  readonly adminEmail?: string | undefined;

  /**
   * Whether Route 53 requests a page that reads the database every 30 seconds, with an alarm when that
   * fails (about $0.50 a month, $1.50 with a domain). Only in us-east-1: Route 53 reports its health
   * checks to no other region.
   *
   * - Range: true or false
   * @default `true` in us-east-1, else `false`
   */
  readonly siteHealthCheck?: boolean | undefined;

  /**
   * The site's own host name: the site answers HTTPS with a certificate from AWS Certificate Manager.
   * @default HTTP under the load balancer's DNS name
   */
  readonly domain?: FleetDomain | undefined;

  /**
   * AWS WAF before the load balancer: AWS's managed rules for WordPress, PHP, SQL and known attacks, and
   * a limit of login requests, with a log.
   * @default no web application firewall
   */
  readonly waf?: FleetWaf | undefined;

  /**
   * How WordPress sends mail (lost passwords, new users, comments). `{ method: none }`: it sends none,
   * and reports this on the pages that depend on mail. `{ method: ses, from }`: through Amazon SES in
   * the stack's region, from this one address.
   * @default { method: "none" }
   */
  readonly mail?: FleetMail | undefined;

  /**
   * Whether Pulumi refuses to delete or replace the load balancer, its listeners and the Auto Scaling
   * group. AWS refuses to delete the load balancer, too. With it, the whole stack refuses
   * `pulumi destroy`.
   *
   * - Range: true or false
   * @default false
   */
  readonly loadBalancerDeletionProtection?: boolean | undefined;

  /**
   * Whether Pulumi refuses to delete or replace the file system of the shared uploads and the
   * administrator's secret. With it, the whole stack refuses `pulumi destroy`.
   *
   * - Range: true or false
   * @default false
   */
  readonly dataDeletionProtection?: boolean | undefined;

  /**
   * An existing instance profile of the servers, e.g. the lab's LabInstanceProfile.
   *
   * - Range: an instance profile's name, e.g. LabInstanceProfile
   * @default a least-privilege profile that the stack creates
   */
  readonly instanceProfileName?: string | undefined;
}

/**
 * What servers start from. `{ source: bake }`: a golden image that `up` builds from Debian 13, and
 * rebuilds only when its content changes. `{ source: existing, amiId }`: an AMI of yours. Neither
 * needs internet access. `{ source: bootstrap }`: Debian 13, which installs WordPress at each server's
 * first boot; it needs a NAT gateway and private subnets, and has no page cache. `debianAmiId` pins
 * the Debian image; without it, `up` uses the newest one at build or creation time.
 */
export type FleetImage = FleetImageBake | FleetImageExisting | FleetImageBootstrap;

/** A golden image that `up` builds from Debian 13. */
export interface FleetImageBake {
  /**
   * A golden image that `up` builds from Debian 13.
   *
   * - Range: "bake"
   */
  readonly source: "bake";

  /**
   * The Debian 13 AMI to build from. Another one replaces all servers.
   *
   * - Range: an AMI's id, e.g. ami-0123456789abcdef0
   * @default the newest Debian 13 when `up` builds the image
   */
  readonly debianAmiId?: string | undefined;
}

/** An AMI of yours. */
export interface FleetImageExisting {
  /**
   * An AMI of yours.
   *
   * - Range: "existing"
   */
  readonly source: "existing";

  /**
   * The AMI, with the servers' files in it. Another one replaces all servers.
   *
   * - Range: an AMI's id, e.g. ami-0123456789abcdef0
   */
  readonly amiId: string;
}

/** Debian 13; each server installs WordPress at its first boot. */
export interface FleetImageBootstrap {
  /**
   * Debian 13; each server installs WordPress at its first boot.
   *
   * - Range: "bootstrap"
   */
  readonly source: "bootstrap";

  /**
   * The Debian 13 AMI that servers start from. Another one replaces all servers.
   *
   * - Range: an AMI's id, e.g. ami-0123456789abcdef0
   * @default the newest Debian 13 when `up` creates the launch template
   */
  readonly debianAmiId?: string | undefined;
}

/** How many servers the fleet has. */
export interface FleetCapacity {
  /**
   * How many servers always run. To stop all servers, use `paused`.
   *
   * - Unit: servers
   * - Range: a whole number of servers from 1 to 100
   */
  readonly min: number;

  /**
   * How many servers normally run.
   *
   * - Unit: servers
   * - Range: a whole number of servers from 1 to 100
   */
  readonly desired: number;

  /**
   * How many servers run at most.
   *
   * - Unit: servers
   * - Range: a whole number of servers from 1 to 100
   */
  readonly max: number;
}

/** One of `schedules`. */
export interface FleetSchedule {
  /**
   * Name of the schedule, unique in the fleet.
   *
   * - Range: 1 to 64 letters, digits or -
   */
  readonly name: string;

  /**
   * When the sizes apply from, as five cron fields in `timeZone`.
   *
   * - Range: five cron fields (minute 0-59, hour 0-23, day of month 1-31, month 1-12 or JAN-DEC, day of
   *   week 0-6 or SUN-SAT) of numbers, names, * , - /, that match some date, e.g. 0 8 * * MON-FRI
   */
  readonly recurrence: string;

  /**
   * Time zone of `recurrence`, by its IANA name.
   *
   * - Range: an IANA time zone in its own upper and lower case, e.g. Asia/Seoul, Europe/Berlin or UTC
   * @default "UTC"
   */
  readonly timeZone?: string | undefined;

  /**
   * How many servers always run from then on.
   *
   * - Unit: servers
   * - Range: a whole number of servers from 0 to 100
   */
  readonly min: number;

  /**
   * How many servers run at that time.
   *
   * - Unit: servers
   * - Range: a whole number of servers from 0 to 100
   */
  readonly desired: number;

  /**
   * How many servers run at most from then on.
   *
   * - Unit: servers
   * - Range: a whole number of servers from 0 to 100
   */
  readonly max: number;
}

/** Target tracking: Auto Scaling keeps the average CPU utilization of the fleet at a target. */
export interface FleetTargetTracking {
  /**
   * The average CPU utilization of the fleet that Auto Scaling keeps.
   *
   * - Unit: percent
   * - Range: a whole number of percent from 10 to 100
   */
  readonly cpuPercent: number;

  /**
   * Whether target tracking also terminates servers when the load falls.
   *
   * - Range: true or false
   * @default true
   */
  readonly scaleIn?: boolean | undefined;
}

/** The site's own host name: the site answers HTTPS with a certificate from AWS Certificate Manager. */
export interface FleetDomain {
  /**
   * Host name of the site: the zone's name, or a name in the zone.
   *
   * - Range: a host name in lower case, of at most 64 characters, e.g. blog.example.com
   */
  readonly name: string;

  /**
   * Name of an existing public Route 53 zone of the account.
   *
   * - Range: a public Route 53 zone of yours, in lower case, e.g. example.com
   */
  readonly hostedZoneName: string;
}

/**
 * AWS WAF before the load balancer: AWS's managed rules for WordPress, PHP, SQL and known attacks, and
 * a limit of login requests, with a log.
 */
export interface FleetWaf {
  /**
   * What happens to a request that a rule matches: `count`: the log and the metrics have it, and the
   * site answers; `block`: AWS WAF answers 403, except for the rules that inspect bodies. Begin with
   * `count`, and read the log before you block.
   *
   * - Range: one of count, block
   * @default "count"
   */
  readonly mode?: "count" | "block" | undefined;

  /**
   * How many requests to wp-login.php and xmlrpc.php one address may send in five minutes. A login has
   * at least two. A school or an office often shares one address.
   *
   * - Unit: requests
   * - Range: a whole number of requests from 10 to 2000000000
   * @default 100
   */
  readonly loginRequestsPerFiveMinutes?: number | undefined;

  /**
   * How long CloudWatch Logs keeps the log of blocked and counted requests. It contains visitors'
   * addresses.
   *
   * - Unit: days
   * - Range: days, one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
   *   2192, 2557, 2922, 3288, 3653
   * @default 30
   */
  readonly logRetentionDays?: LogRetentionDays | undefined;
}

/**
 * How WordPress sends mail (lost passwords, new users, comments). `{ method: none }`: it sends none,
 * and reports this on the pages that depend on mail. `{ method: ses, from }`: through Amazon SES in
 * the stack's region, from this one address.
 */
export type FleetMail = FleetMailNone | FleetMailSes;

/** WordPress sends no mail. */
export interface FleetMailNone {
  /**
   * WordPress sends no mail.
   *
   * - Range: "none"
   */
  readonly method: "none";
}

/** WordPress sends mail through Amazon SES in the stack's region. */
export interface FleetMailSes {
  /**
   * WordPress sends mail through Amazon SES in the stack's region.
   *
   * - Range: "ses"
   */
  readonly method: "ses";

  /**
   * The address that all mail comes from.
   *
   * - Range: an e-mail address of at most 100 characters, 64 of them before the @
   */
  readonly from: string;

  /**
   * Whether the SES identity of the address's domain exists. `existing`: it must be verified. `create`:
   * the stack creates it with its DKIM records, so the domain must be in the zone of `domain`.
   *
   * - Range: one of existing, create
   * @default "existing"
   */
  readonly identity?: "existing" | "create" | undefined;

  /**
   * An existing SES configuration set, for the events of sent mail.
   *
   * - Range: 1 to 64 letters, digits, _ or -
   * @default no configuration set
   */
  readonly configurationSet?: string | undefined;
}

/** The settings with every default. */
export interface FleetSettings extends FleetOptions {
  readonly image: FleetImage;
  readonly instanceType: string;
  readonly rootVolumeGiB: number;
  readonly subnets: "private" | "public";
  readonly capacity: FleetCapacity;
  readonly schedules: readonly FleetScheduleSettings[];
  readonly targetTracking?: FleetTargetTrackingSettings | undefined;
  readonly paused: boolean;
  readonly scaleInProtection: boolean;
  readonly defaultCooldownSeconds: number;
  readonly deregistrationDelaySeconds: number;
  readonly notificationEmails: readonly string[];
  readonly uploads: "shared" | "local";
  readonly uploadsBackups: boolean;
  readonly siteTitle: string;
  readonly waf?: FleetWafSettings | undefined;
  readonly mail: FleetMailSettings;
  readonly loadBalancerDeletionProtection: boolean;
  readonly dataDeletionProtection: boolean;
}

/** One of `schedules`, with every default. */
export interface FleetScheduleSettings extends FleetSchedule {
  readonly timeZone: string;
}

/** The same with every default. */
export interface FleetTargetTrackingSettings extends FleetTargetTracking {
  readonly scaleIn: boolean;
}

/** The same with every default. */
export interface FleetWafSettings extends FleetWaf {
  readonly mode: "count" | "block";
  readonly loginRequestsPerFiveMinutes: number;
  readonly logRetentionDays: LogRetentionDays;
}

/** The same with every default. */
export type FleetMailSettings = FleetMailNone | FleetMailSesSettings;

/** The same with every default. */
export interface FleetMailSesSettings extends FleetMailSes {
  readonly identity: "existing" | "create";
}
