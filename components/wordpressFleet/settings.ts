import { z } from "zod";

import { inPlace, newServers, replaces } from "../settings/afterUp";
import { flag, instanceType, instant, keyPairName, oneOf, text, wholeNumber } from "../settings/kinds";
import { omitted } from "../settings/stated";
import { tags } from "../settings/tags";
import { defaultBootText } from "./bootTimes";
import { email, longestUserAddress, mailSettings } from "./mailSettings";
import {
  bootSeconds,
  domain,
  image,
  mostSchedules,
  schedule,
  schedulesAllowed,
  seconds,
  servers,
  siteTitleForm,
  targetTracking,
  waf,
} from "./settingKinds";
import { contradictionsIn } from "./settingRules";
import { sshPublicKey } from "./sshPublicKey";

/** A stack's settings of the fleet. {@link WordPressFleetArgs} adds what other resources provide. */
export const fleetSettings = z
  .strictObject(
    {
      image: image
        .default({ source: "bake" })
        .describe(
          "What servers start from. `{ source: bake }`: a golden image that `up` builds from Debian 13, and rebuilds only when its content changes. `{ source: existing, amiId }`: an AMI of yours. Neither needs internet access. `{ source: bootstrap }`: Debian 13, which installs WordPress at each server's first boot; it needs a NAT gateway and private subnets, and has no page cache. `debianAmiId` pins the Debian image; without it, `up` uses the newest one at build or creation time.",
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
          "EC2 instance type of the servers, x86-64 or Graviton (t4g, m7g, …). `up` builds the image for the same architecture; an AMI in `image` must have it, too.",
        )
        .meta(
          newServers({
            note: "a type of another architecture replaces the golden image or, with image `bootstrap`, the launch template (nothing is lost)",
          }),
        ),
      keyPairName: keyPairName()
        .optional()
        .describe("An existing EC2 key pair for SSH to the servers. Set this or `sshPublicKey`.")
        .meta({ ...newServers(), ...omitted("no key pair, unless `sshPublicKey` is set") }),
      sshPublicKey: sshPublicKey()
        .optional()
        .describe(
          "Your SSH public key. `up` creates a key pair from it and, unless `network.instanceConnectEndpoint` is false, the endpoint through which you sign in as `admin`.",
        )
        .meta({
          ...replaces(
            { "aws:ec2/keyPair:KeyPair": "the key pair (the private key stays yours)" },
            { newServers: true },
          ),
          ...omitted("no key pair, unless `keyPairName` is set"),
        }),
      rootVolumeGiB: wholeNumber({ min: 8, max: 1_000, unit: "GiB" })
        .default(8)
        .describe("Size of a server's encrypted root volume.")
        .meta(newServers()),
      subnets: oneOf(["private", "public"])
        .default("private")
        .describe(
          "Which subnets servers run in. Servers get no public address in either. The course uses `public`.",
        )
        .meta(
          newServers({
            note: "only in a network with NAT gateways, because servers in public subnets have no route to the internet; without NAT gateways, the next new servers start in the other subnets",
          }),
        ),
      capacity: z
        .strictObject(
          {
            min: servers(1).describe("How many servers always run. To stop all servers, use `paused`."),
            desired: servers(1).describe("How many servers normally run."),
            max: servers(1).describe("How many servers run at most."),
          },
          { error: "{ min, desired, max }" },
        )
        .default({ min: 1, desired: 1, max: 2 })
        .describe("How many servers the fleet has.")
        .meta(inPlace()),
      sizing: oneOf(["fixed", "manual", "automatic"])
        .optional()
        .describe(
          "What decides how many servers run: `fixed`: the number in `capacity` (min = desired = max), which `up` restores; `manual`: you, between min and max; `automatic`: `schedules` and `targetTracking`.",
        )
        .meta({
          ...inPlace(),
          ...omitted("`automatic` with `schedules` or `targetTracking`, else `manual`"),
        }),
      schedules: z
        .array(schedule, { error: schedulesAllowed })
        .max(mostSchedules, { error: schedulesAllowed })
        .default([])
        .describe("Scheduled scaling: sizes of the fleet from a time on.")
        .meta(
          inPlace({
            note: "to rename a schedule, remove it in one `up` and add it in the next, because Auto Scaling refuses two scheduled actions at the same time",
          }),
        ),
      targetTracking: targetTracking
        .optional()
        .describe("Target tracking: Auto Scaling keeps the average CPU utilization of the fleet at a target.")
        .meta({ ...inPlace(), ...omitted("no target tracking") }),
      paused: flag()
        .default(false)
        .describe(
          "Whether the fleet is stopped: it has no servers (minimum, desired and maximum 0) until this is false again.",
        )
        .meta(inPlace()),
      scaleInProtection: flag()
        .default(false)
        .describe(
          "Whether new servers are protected from scale-in. Only for a fleet that you shrink yourself: Auto Scaling would lower the desired size of an automatic one, but could not terminate a protected server.",
        )
        .meta(inPlace({ note: "applies to servers launched after the change" })),
      healthCheckGraceSeconds: bootSeconds(7_200)
        .optional()
        .describe(
          "How long a new server may be unhealthy before Auto Scaling replaces it. A server that boots longer than this is replaced again and again.",
        )
        .meta({ ...inPlace(), ...omitted(defaultBootText) }),
      instanceWarmupSeconds: bootSeconds(3_600)
        .optional()
        .describe("How long target tracking ignores the CPU utilization of a new server.")
        .meta({ ...inPlace(), ...omitted(defaultBootText) }),
      defaultCooldownSeconds: seconds(0, 86_400)
        .default(300)
        .describe(
          "How long Auto Scaling waits after a simple scaling activity. Target tracking does not use it.",
        )
        .meta(inPlace()),
      deregistrationDelaySeconds: seconds(0, 3_600)
        .default(30)
        .describe("How long the load balancer waits for the open requests of a server that leaves the fleet.")
        .meta(inPlace()),
      targetGroupName: text(/(?!-)[A-Za-z0-9-]{1,32}(?<!-)/, "1 to 32 letters, digits or -, none at an end")
        .optional()
        .describe(
          "Name of the target group, e.g. wordpress-servers as in the course. It must be unique in the account and region, so only one stack there can have it.",
        )
        .meta({
          ...replaces(
            { "aws:lb/targetGroup:TargetGroup": "the target group (nothing is lost)" },
            { note: "the site answers 503 until the servers are healthy in the new one, about a minute" },
          ),
          ...omitted("a generated name"),
        }),
      notificationEmails: z
        .array(email(254), { error: "a list of different e-mail addresses" })
        .refine((all) => new Set(all.map((each) => each.toLowerCase())).size === all.length, {
          error: "a list of different e-mail addresses",
        })
        .default([])
        .describe(
          "Who receives the alarms and the notifications of launched and terminated servers. Each address must confirm its subscription.",
        )
        .meta(inPlace({ note: "each new address must confirm its subscription" })),
      uploads: oneOf(["shared", "local"])
        .default("shared")
        .describe(
          "Where WordPress stores uploads: `shared`: on an encrypted EFS file system with a mount target in each zone; `local`: on the server's disk. `local` uploads are lost with their server, and require that every `max` is 1.",
        )
        .meta(
          replaces(
            { "aws:efs/fileSystem:FileSystem": "the file system (`local` deletes it with all uploads)" },
            { newServers: true },
          ),
        ),
      uploadsBackups: flag()
        .default(false)
        .describe(
          "Whether AWS Backup makes daily backups of shared uploads. It keeps them for 35 days, also after the file system is deleted.",
        )
        .meta(inPlace()),
      siteTitle: text(siteTitleForm, "1 to 80 visible characters on one line, no white space at an end")
        .default("WordPress")
        .describe("The site's title. Only the installation of WordPress reads it.")
        .meta(newServers({ note: "an installed site keeps its title" })),
      adminEmail: email(longestUserAddress)
        .optional()
        .describe(
          "E-mail address of the first administrator. Only the installation of WordPress reads it. The password is in the secret of output `adminSecretArn`.",
        )
        .meta({
          ...newServers({ note: "an installed site keeps its address" }),
          ...omitted("admin@ the host name of the site"),
        }),
      siteHealthCheck: flag()
        .optional()
        .describe(
          "Whether Route 53 requests a page that reads the database every 30 seconds, with an alarm when that fails (about $0.50 a month, $1.50 with a domain). Only in us-east-1: Route 53 reports its health checks to no other region.",
        )
        .meta({ ...inPlace(), ...omitted("`true` in us-east-1, else `false`") }),
      domain: domain
        .optional()
        .describe(
          "The site's own host name: the site answers HTTPS with a certificate from AWS Certificate Manager.",
        )
        .meta({
          ...replaces(
            { "aws:route53/healthCheck:HealthCheck": "the site's health check (nothing is lost)" },
            { newServers: true },
          ),
          ...omitted("HTTP under the load balancer's DNS name"),
        }),
      waf: waf
        .optional()
        .describe(
          "AWS WAF before the load balancer: AWS's managed rules for WordPress, PHP, SQL and known attacks, and a limit of login requests, with a log.",
        )
        .meta({ ...inPlace(), ...omitted("no web application firewall") }),
      mail: mailSettings
        .default({ method: "none" })
        .describe(
          "How WordPress sends mail (lost passwords, new users, comments). `{ method: none }`: it sends none, and reports this on the pages that depend on mail. `{ method: ses, from }`: through Amazon SES in the stack's region, from this one address.",
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
          "Whether Pulumi refuses to delete or replace the load balancer, its listeners and the Auto Scaling group. AWS refuses to delete the load balancer, too. With it, the whole stack refuses `pulumi destroy`.",
        )
        .meta(inPlace()),
      dataDeletionProtection: flag()
        .default(false)
        .describe(
          "Whether Pulumi refuses to delete or replace the file system of the shared uploads and the administrator's secret. With it, the whole stack refuses `pulumi destroy`.",
        )
        .meta(inPlace()),
      instanceProfileName: text(/[\w+=,.@-]{1,128}/, "an instance profile's name, e.g. LabInstanceProfile")
        .optional()
        .describe("An existing instance profile of the servers, e.g. the lab's LabInstanceProfile.")
        .meta({ ...newServers(), ...omitted("a least-privilege profile that the stack creates") }),
    },
    { error: "settings of the fleet, as name: value" },
  )
  .superRefine((fleet, context) => {
    for (const { path, allowed } of contradictionsIn(fleet)) {
      context.addIssue({ code: "custom", path: [...path], message: allowed });
    }
  });

/** The settings, and what the rest of the program decides. */
export const fleetArgs = fleetSettings.safeExtend({
  siteHealthCheck: flag()
    .default(false)
    .describe(
      "Whether Route 53 requests a page that reads the database every 30 seconds, with an alarm when that fails. Only in us-east-1: Route 53 reports its health checks to no other region.",
    ),
  serversHaveInternet: flag()
    .default(true)
    .describe(
      "Whether servers have a route to the internet. Without one, WordPress sends no requests to other sites.",
    ),
  endsAt: instant()
    .optional()
    .describe(
      "When the stack pauses itself. No scheduled scaling starts servers later, and a later time starts them again.",
    )
    .meta(omitted("never")),
  tags: tags().default({}).describe("Tags of every resource that takes tags."),
});
