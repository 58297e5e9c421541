import type { Cgroups } from "../box/cgroups";
import type { Image } from "../images/image";
import type { PartContext } from "../region/part";
import type { Instance, Interface } from "../world";
import type { DiskRecord } from "./disk";

/** The part of the network that machines need. */
export interface MachineNetwork {
  /** Connects the owner's interfaces. @returns the name for `ip netns exec` */
  readonly attach: (owner: string, vpcId: string, interfaces: readonly Interface[]) => Promise<string>;
  readonly detach: (owner: string) => Promise<void>;
}

/** What EC2 wants of a machine. */
export interface Wanted {
  readonly accountId: string;
  readonly region: string;
  readonly resolver: string;
  readonly instance: Instance;
}

/** Where an instance's disk comes from. */
export type DiskSource =
  | { readonly kind: "image"; readonly disk: DiskRecord }
  /** The same bake passed before: its disk and console. */
  | { readonly kind: "baked"; readonly disk: DiskRecord; readonly console: string }
  /** The live region has no such disk. */
  | { readonly kind: "none"; readonly reason: string };

/** What all machines share. */
export interface MachineHost {
  readonly context: Pick<PartContext, "report" | "event" | "log">;
  readonly network: MachineNetwork;
  readonly cgroups: Cgroups;
  /** PEM: what machines trust beside public authorities. */
  readonly trusted: string;
  readonly sourceOf: (wanted: Wanted) => DiskSource;
}

export function recordOf(imageId: string, { layers, key }: Image): DiskRecord {
  return { imageId, layers: [...layers], key };
}
