import * as pulumi from "@pulumi/pulumi";

/** The size of an Auto Scaling group. */
export interface GroupSizeArgs {
  readonly groupName: pulumi.Input<string>;
  readonly minSize: pulumi.Input<number>;
  readonly maxSize: pulumi.Input<number>;
  readonly desiredCapacity: pulumi.Input<number>;
  /** Whether another size is drift, which `up` corrects; otherwise schedules, load and users may change it. */
  readonly enforced: pulumi.Input<boolean>;
  /** When the stack sets the size to 0: a later time sets the size above again, if the group is at 0. */
  readonly endsAt?: pulumi.Input<string>;
  readonly region: pulumi.Input<string>;
  /** A profile of AWS's shared files. Default: the default credentials. */
  readonly profile?: pulumi.Input<string>;
}

/**
 * Sets an Auto Scaling group's minimum, desired and maximum size together, only when these arguments change. The group
 * itself ignores changes of the three.
 *
 * It is a separate resource because the group's own properties cannot do this: if Pulumi compares them, it undoes what a
 * scheduled action has set; if it ignores them, a change of the settings has no effect. The official provider sends only
 * what differs from its state, so after a scheduled action a new maximum could contradict a minimum that is not in the
 * state.
 */
export class GroupSize extends pulumi.CustomResource {
  constructor(name: string, args: GroupSizeArgs, opts?: pulumi.CustomResourceOptions) {
    // In the same package as GoldenImage: each further provider is another process in every preview.
    super("golden-image:index:GroupSize", name, { ...args }, opts);
  }
}
