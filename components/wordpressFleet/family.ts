import type * as pulumi from "@pulumi/pulumi";

/** What all parts of one fleet share. */
export interface Family {
  /** The first word of every part's name. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly parent: pulumi.Resource;
}
