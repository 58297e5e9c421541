import { z } from "zod";

import type { DatabaseSettings } from "./components/database/options";
import { databaseSettings } from "./components/database/settings";
import type { MonitoringSettings } from "./components/monitoring/options";
import { monitoringSettings } from "./components/monitoring/settings";
import type { NetworkSettings } from "./components/network/options";
import { networkSettings } from "./components/network/settings";
import type { LauncherSettings } from "./components/scheduledLauncher/options";
import { launcherSettings } from "./components/scheduledLauncher/settings";
import type { LifetimeSettings } from "./components/scheduledPause/options";
import { lifetimeSettings } from "./components/scheduledPause/settings";
import { newServers } from "./components/settings/afterUp";
import { ownTags } from "./components/settings/tags";
import type { FleetSettings } from "./components/wordpressFleet/options";
import { fleetSettings } from "./components/wordpressFleet/settings";

/** The schema of every setting in `Pulumi.<stack>.yaml`. */
export const stackSettings = z
  .strictObject({
    network: networkSettings.prefault({}),
    database: databaseSettings.prefault({}),
    fleet: fleetSettings.prefault({}),
    launcher: launcherSettings.prefault({}),
    monitoring: monitoringSettings.prefault({}),
    lifetime: lifetimeSettings.prefault({}),
    tags: ownTags()
      .default({})
      .describe("Tags of every resource of the stack, besides `Project`, `Stack` and `ManagedBy`.")
      .meta(newServers()),
  })
  .superRefine(({ network, fleet, lifetime }, context) => {
    if (lifetime.endsAt !== undefined && fleet.scaleInProtection) {
      context.addIssue({
        code: "custom",
        path: ["lifetime", "endsAt"],
        message:
          "omitted with fleet.scaleInProtection, because Auto Scaling does not end protected servers when the group's size becomes 0",
      });
    }
    if (fleet.image.source === "bootstrap" && network.natGateways === "none") {
      context.addIssue({
        code: "custom",
        path: ["network", "natGateways"],
        message:
          "single or perAz, because fleet.image bootstrap installs packages at first boot; or fleet.image bake or existing",
      });
    }
    // The user's own image may have another way to sign in. Debian's image has only key pairs.
    const hasKey = fleet.keyPairName !== undefined || fleet.sshPublicKey !== undefined;
    if (hasKey || fleet.image.source === "existing") return;
    const withKey =
      "or together with fleet.sshPublicKey or fleet.keyPairName, because servers accept no sign-in without a key";
    if (network.instanceConnectEndpoint === true) {
      context.addIssue({
        code: "custom",
        path: ["network", "instanceConnectEndpoint"],
        message: `omitted or false; ${withKey}`,
      });
    }
    if (network.sshFrom.length > 0) {
      context.addIssue({ code: "custom", path: ["network", "sshFrom"], message: `[]; ${withKey}` });
    }
  });

/** Every setting of a stack, with every default. */
export interface StackSettings {
  /** The network: VPC, subnets, NAT gateways and endpoints. */
  readonly network: NetworkSettings;

  /** The database: MariaDB on RDS. */
  readonly database: DatabaseSettings;

  /** The fleet: load balancer, servers and uploads. */
  readonly fleet: FleetSettings;

  /** The scheduled launcher of servers. */
  readonly launcher: LauncherSettings;

  /** The monitoring: the dashboard. */
  readonly monitoring: MonitoringSettings;

  /** The lifetime: when the stack pauses itself. */
  readonly lifetime: LifetimeSettings;

  /**
   * Tags of every resource of the stack, besides `Project`, `Stack` and `ManagedBy`.
   *
   * - Range: tags as name: value
   * @default {}
   */
  readonly tags: Readonly<Record<string, string>>;
}
