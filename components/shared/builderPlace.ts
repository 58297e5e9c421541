import type * as pulumi from "@pulumi/pulumi";

/** Where the machine runs that builds an image. `Network` creates the place, `WordPressFleet` uses it. */
export interface BuilderPlace {
  /** A subnet with an egress route to Debian's mirrors. */
  readonly subnetId: pulumi.Input<string>;
  /** Allows outbound HTTP and HTTPS, and no inbound traffic. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Whether the builder needs a public IP address, because the VPC has no NAT gateway. */
  readonly publicAddress: boolean;
}
