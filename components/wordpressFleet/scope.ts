import type * as pulumi from "@pulumi/pulumi";

/** The name, tags and parent that all parts of one fleet use. */
export interface FleetScope {
  /** Prefix of every part's name. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}
