import { z } from "zod";

import { inPlace, newServers, replaces } from "../settings/afterUp";
import { flag, instanceType, keyPairName, oneOf, text, wholeNumber } from "../settings/kinds";
import { tags } from "../settings/tags";
import { leastBootSeconds } from "./bootTimes";
import { email, isInZone, longestUserAddress, mailSettings } from "./mailSettings";
import { coincidence } from "./recurrence";
import {
  bootReason,
  bootSeconds,
  domain,
  image,
  mostSchedules,
  schedule,
  seconds,
  servers,
  siteTitleForm,
  targetTracking,
} from "./settingKinds";
import { sshPublicKey } from "./sshPublicKey";

/** What a person may choose about the fleet; {@link WordPressFleetArgs} adds what comes from elsewhere. */
export const fleetSettings = z
  .strictObject(
    {
      image: image
        .default({ source: "bake" })
        .describe(
          "What servers start from. `{ source: bake }`: a golden image that `up` builds from Debian 13, again only when its content changes. `{ source: existing, amiId }`: an AMI of yours. Neither needs internet access. `{ source: bootstrap }`: Debian 13 that installs WordPress at each server's first boot; it needs a NAT gateway and private subnets, and has no page cache. `debianAmiId` pins the Debian image; without it, the newest one at bake or creation time is used.",
        )
        .meta(
          replaces(
            {
              "golden-image:index:GoldenImage": "the golden image",
              "aws:ec2/launchTemplate:LaunchTemplate": "the launch template when `source` changes",
            },
            { newServers: true },
          ),
        ),
      instanceType: instanceType()
        .default("t3.micro")
        .describe(
          "EC2 instance type, x86-64 or Graviton (t4g, m7g, …): the image is of the same architecture. One named in `image` must be, too.",
        )
        .meta(
          newServers({
            note: "a type of another architecture replaces the golden image, or with image `bootstrap` the launch template (nothing is lost)",
          }),
        ),
      keyPairName: keyPairName()
        .optional()
        .describe(
          "An existing EC2 key pair for SSH to the servers; or `sshPublicKey`. No SSH without either.",
        )
        .meta(newServers()),
      sshPublicKey: sshPublicKey()
        .optional()
        .describe(
          "Your SSH public key: `up` makes a key pair of it and, unless `network.instanceConnectEndpoint` is false, the endpoint through which you sign in as `admin`.",
        )
        .meta(
          replaces(
            { "aws:ec2/keyPair:KeyPair": "the key pair (the private key stays yours)" },
            { newServers: true },
          ),
        ),
      rootVolumeGiB: wholeNumber({ min: 8, max: 1_000, unit: "GiB" })
        .default(8)
        .describe("Size of a server's encrypted disk, in GiB.")
        .meta(newServers()),
      subnets: oneOf(["private", "public"])
        .default("private")
        .describe("Where servers stand. They never get a public address in either; the course uses public.")
        .meta(
          newServers({
            note: "with NAT gateways, as public subnets have no way to the internet; without, the next servers start in the other subnets",
          }),
        ),
      capacity: z
        .strictObject(
          { min: servers(1), desired: servers(1), max: servers(1) },
          { error: "{ min, desired, max }" },
        )
        .default({ min: 1, desired: 1, max: 2 })
        .describe(
          "Servers: always kept (min, 1 or more: `paused` stops them all), normal (desired), at most (max).",
        )
        .meta(inPlace()),
      sizing: oneOf(["fixed", "manual", "automatic"])
        .default("automatic")
        .describe(
          "Who decides how many: `fixed` keeps the number, `manual` leaves it to a person within min and max, `automatic` to `schedules` and `targetTracking`.",
        )
        .meta(inPlace()),
      schedules: z
        .array(schedule, { error: "a list of schedules" })
        .max(mostSchedules, { error: `at most ${String(mostSchedules)} schedules` })
        .default([])
        .describe("Sizes by the clock.")
        .meta(
          inPlace({
            note: "rename a schedule in two steps, remove it in one `up` and add it in the next: Auto Scaling takes no two at one time",
          }),
        ),
      targetTracking: targetTracking
        .optional()
        .describe("Sizes by demand: `{ cpuPercent, scaleIn }`; not at all when left out.")
        .meta(inPlace()),
      paused: flag()
        .default(false)
        .describe("No servers (minimum and desired 0) until it is false again.")
        .meta(inPlace()),
      scaleInProtection: flag()
        .default(false)
        .describe(
          "Protects new servers from scale-in. Only where a person shrinks the group: AWS lowers the desired size of an automatic group, and cannot end a protected server.",
        )
        .meta(inPlace({ note: "counts for servers launched after it" })),
      healthCheckGraceSeconds: bootSeconds(7_200)
        .optional()
        .describe(
          "How long a new server may be unhealthy before Auto Scaling replaces it, in seconds. Default: 300; 900 with image bootstrap, which allows no less. A server that needs longer is replaced without end.",
        )
        .meta(inPlace()),
      instanceWarmupSeconds: bootSeconds(3_600)
        .optional()
        .describe(
          "How long a new server's CPU does not count for target tracking, in seconds. Default and least values are those of `healthCheckGraceSeconds`.",
        )
        .meta(inPlace()),
      defaultCooldownSeconds: seconds(0, 86_400)
        .default(300)
        .describe("Pause after a simple scaling activity, in seconds; target tracking does not use it.")
        .meta(inPlace()),
      deregistrationDelaySeconds: seconds(0, 3_600)
        .default(30)
        .describe("How long the load balancer lets open requests of a leaving server end, in seconds.")
        .meta(inPlace()),
      targetGroupName: text(/(?!-)[A-Za-z0-9-]{1,32}(?<!-)/, "1 to 32 letters, digits or -, none at an end")
        .optional()
        .describe(
          "Name of the target group, e.g. wordpress-servers as in the course; unique in an account's region. A unique name is generated when left out.",
        )
        .meta(
          replaces(
            { "aws:lb/targetGroup:TargetGroup": "the target group (nothing is lost)" },
            { note: "the site answers 503 until the servers are healthy in the new one, about a minute" },
          ),
        ),
      notificationEmails: z
        .array(email(254), { error: "a list of e-mail addresses" })
        .refine((all) => new Set(all.map((each) => each.toLowerCase())).size === all.length, {
          error: "different e-mail addresses",
        })
        .default([])
        .describe("Who hears of servers that come and go; each must confirm the subscription.")
        .meta(inPlace({ note: "each new address must confirm" })),
      uploads: oneOf(["shared", "local"])
        .default("shared")
        .describe(
          "Where uploads are: `shared` on an encrypted EFS file system with a mount target in each zone, or `local` on the disk of the only server there can ever be (every `max` is 1), and lost with it.",
        )
        .meta(
          replaces(
            { "aws:efs/fileSystem:FileSystem": "the file system (`local` deletes it with all uploads)" },
            { newServers: true },
          ),
        ),
      uploadsBackups: flag()
        .default(false)
        .describe("Daily backups of shared uploads, kept for 35 days, also after the file system is gone.")
        .meta(inPlace()),
      siteTitle: text(siteTitleForm, "1 to 80 visible characters on one line, no white space at an end")
        .default("WordPress")
        .describe("The site's title; only its installation reads it.")
        .meta(newServers({ note: "an installed site keeps its title" })),
      adminEmail: email(longestUserAddress)
        .optional()
        .describe(
          "The first administrator's e-mail address; only the installation reads it. `admin@` the site's host when left out. The password: output `adminSecretArn`.",
        )
        .meta(newServers({ note: "an installed site keeps its address" })),
      siteHealthCheck: flag()
        .default(true)
        .describe(
          "Route 53 asks the whole site, with its database, every 30 seconds, and an alarm tells people when it fails (about $0.50 a month, $1.50 with a domain). Must be false outside of us-east-1, where alone AWS reports it.",
        )
        .meta(inPlace()),
      domain: domain
        .optional()
        .describe("`{ name, hostedZoneName }`: HTTPS with a certificate of AWS's; plain HTTP when left out.")
        .meta(
          replaces(
            { "aws:route53/healthCheck:HealthCheck": "the site's health check (nothing is lost)" },
            { newServers: true },
          ),
        ),
      mail: mailSettings
        .default({ method: "none" })
        .describe(
          "How WordPress sends mail (lost passwords, new users, comments): `{ method: none }` sends none and states so where it matters; `{ method: ses, from }` sends it through Amazon SES in the stack's region, from this one address. With `identity: create`, the stack makes the address's domain an SES identity with its DKIM records, for which it must be in the zone of `domain`; an `existing` one must be verified. `configurationSet`: one of SES's, for its events.",
        )
        .meta(
          replaces(
            {
              "aws:sesv2/emailIdentity:EmailIdentity": "a created SES identity when its domain changes",
              "aws:route53/record:Record": "its records (nothing is lost)",
            },
            { newServers: true },
          ),
        ),
      loadBalancerDeletionProtection: flag()
        .default(false)
        .describe(
          "Refuse to delete or replace what serves the site: the load balancer (AWS refuses it, too), its listeners and the Auto Scaling group. The stack refuses `pulumi destroy`.",
        )
        .meta(inPlace()),
      dataDeletionProtection: flag()
        .default(false)
        .describe(
          "Refuse to delete or replace what the servers keep: the shared uploads' file system and the administrator's secret. The stack refuses `pulumi destroy`.",
        )
        .meta(inPlace()),
      instanceProfileName: text(/[\w+=,.@-]{1,128}/, "an instance profile's name, e.g. LabInstanceProfile")
        .optional()
        .describe("An existing instance profile; the fleet makes its own, least-privilege one when left out.")
        .meta(newServers()),
    },
    { error: "settings of the fleet, as name: value" },
  )
  .superRefine((fleet, context) => {
    const problem = (path: readonly (string | number)[], allowed: string) => {
      context.addIssue({ code: "custom", path: [...path], message: allowed });
    };
    if (fleet.image.source === "bootstrap" && fleet.subnets === "public") {
      // A NAT gateway serves private subnets alone, and servers have no address of their own.
      problem(["subnets"], "private, as image bootstrap needs a way out; or image bake or existing");
    }
    if (fleet.image.source === "bootstrap") {
      for (const name of ["healthCheckGraceSeconds", "instanceWarmupSeconds"] as const) {
        const given = fleet[name];
        // The field itself refuses what is too short for any image.
        if (given === undefined || given < leastBootSeconds.bake || given >= leastBootSeconds.bootstrap)
          continue;
        problem(
          [name],
          `${String(leastBootSeconds.bootstrap)} seconds or more with image bootstrap; ${bootReason}`,
        );
      }
    }
    if (fleet.keyPairName !== undefined && fleet.sshPublicKey !== undefined) {
      problem(["sshPublicKey"], "left out, as keyPairName names a key pair; or remove keyPairName");
    }
    const { min, desired, max } = fleet.capacity;
    if (!(min <= desired && desired <= max)) problem(["capacity"], "min <= desired <= max");
    fleet.schedules.forEach((each, index) => {
      if (!(each.min <= each.desired && each.desired <= each.max)) {
        problem(["schedules", index], "min <= desired <= max");
      }
      if (fleet.schedules.findIndex(({ name }) => name === each.name) !== index) {
        problem(["schedules", index, "name"], "a name that no other schedule has");
      }
      const now = new Date();
      for (const before of fleet.schedules.slice(0, index)) {
        const both = coincidence(before, each, now);
        if (both === undefined) continue;
        const allowed = `a time at which ${before.name} does not happen (both do on ${both}): Auto Scaling takes one scheduled action at a time`;
        problem(["schedules", index, "recurrence"], allowed);
      }
    });
    const automatic = fleet.schedules.length > 0 || fleet.targetTracking !== undefined;
    if (fleet.sizing === "automatic" && !automatic) {
      problem(["sizing"], "fixed or manual, or automatic together with schedules or targetTracking");
    }
    if (fleet.sizing !== "automatic" && automatic) {
      problem(["sizing"], "automatic, as schedules or targetTracking are given; or remove those");
    }
    if (fleet.scaleInProtection && (fleet.schedules.length > 0 || fleet.targetTracking?.scaleIn === true)) {
      problem(
        ["scaleInProtection"],
        "false, as AWS cannot end protected servers when schedules or targetTracking shrink the group; or no schedules, and targetTracking.scaleIn false",
      );
    }
    if (fleet.sizing === "fixed" && !(min === desired && desired === max)) {
      problem(["capacity"], "min = desired = max, as sizing is fixed");
    }
    if (fleet.uploads === "local") {
      const allowed = "1, as uploads are local and a second server would not have them; or uploads shared";
      if (max !== 1) problem(["capacity", "max"], allowed);
      fleet.schedules.forEach((each, index) => {
        if (each.max > 1) problem(["schedules", index, "max"], allowed);
      });
      if (fleet.uploadsBackups) problem(["uploadsBackups"], "false, as uploads are local; or uploads shared");
    }
    const { domain: site, mail } = fleet;
    if (
      mail.method === "ses" &&
      mail.identity === "create" &&
      !(site && isInZone(mail, site.hostedZoneName))
    ) {
      problem(
        ["mail", "identity"],
        "existing, or create together with a domain whose hostedZoneName the address from is in",
      );
    }
    if (
      site !== undefined &&
      site.name !== site.hostedZoneName &&
      !site.name.endsWith(`.${site.hostedZoneName}`)
    ) {
      problem(["domain", "name"], `${site.hostedZoneName} or a name that ends in .${site.hostedZoneName}`);
    }
  });

export type FleetSettings = z.output<typeof fleetSettings>;

/** The settings and what the rest of the program knows better than a person. */
export const fleetArgs = fleetSettings.safeExtend({
  serversHaveInternet: flag()
    .default(true)
    .describe("Whether servers have a route to the internet; without one WordPress asks no other site."),
  tags: tags().default({}).describe("Tags of everything that can have some."),
});
