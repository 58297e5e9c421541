import * as pulumi from "@pulumi/pulumi";

/** What a {@link GoldenImage} is baked from, and where. */
export interface GoldenImageArgs {
  /** 6 to 64 hex digits over all that goes into the image: another hash is another image. */
  readonly contentHash: pulumi.Input<string>;
  /** The image that the builder starts from. Another one alone is no reason to bake again; a bake takes it. */
  readonly baseImageId: pulumi.Input<string>;
  /** Where that image has its root disk. */
  readonly rootDeviceName: pulumi.Input<string>;
  readonly instanceType: pulumi.Input<string>;
  /** A subnet with a way to the internet, for the packages. */
  readonly subnetId: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Whether the builder has a public address while it builds, as a public subnet's way out asks for. */
  readonly publicAddress: pulumi.Input<boolean>;
  /** How long the build may take, and then as long again AWS to make an image of it. Default: 20. */
  readonly timeoutMinutes?: pulumi.Input<number>;
  readonly region: pulumi.Input<string>;
  /** The profile of AWS's shared files; the default credentials when left out. */
  readonly profile?: pulumi.Input<string>;
  /** Of the image, its snapshots, and the builder while there is one. */
  readonly tags: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
}

/**
 * An AMI with everything in it that servers need: baked on a builder of its own, and only of one that has proven
 * its build. Its id is the AMI's. The same content is baked once; other content makes a new image, and the old
 * one stays for as long as anything uses it.
 *
 * A resource with a provider of its own (`provider/`), as no resource of AWS's does this: `AmiFromInstance` images
 * whatever is there at that moment, and the builder would have to stay.
 */
export class GoldenImage extends pulumi.CustomResource {
  /** The AMI's name. */
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, args: GoldenImageArgs, opts?: pulumi.CustomResourceOptions) {
    const inputs = { timeoutMinutes: 20, ...args, name: undefined };
    super("golden-image:index:GoldenImage", name, inputs, opts);
  }
}
