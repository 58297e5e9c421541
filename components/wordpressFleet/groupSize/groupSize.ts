import * as pulumi from "@pulumi/pulumi";

/** The size that a group gets. */
export interface GroupSizeArgs {
  readonly groupName: pulumi.Input<string>;
  readonly minSize: pulumi.Input<number>;
  readonly maxSize: pulumi.Input<number>;
  readonly desiredCapacity: pulumi.Input<number>;
  /** Whether another size is drift, which `up` corrects; otherwise schedules, load and users may change it. */
  readonly enforced: pulumi.Input<boolean>;
  readonly region: pulumi.Input<string>;
  /** The profile of AWS's shared files; the default credentials when left out. */
  readonly profile?: pulumi.Input<string>;
}

/**
 * Sets an Auto Scaling group's size when these arguments change, and only then: minimum, desired and maximum
 * together, whatever they have become since. The group itself ignores changes of the three.
 *
 * A resource of its own, because the group's properties cannot do both: compared, they undo what a scheduled action
 * has set; ignored, a change of the settings has no effect. The official provider sends only what differs from its
 * state, so after a scheduled action a new maximum could contradict a minimum that the state does not know.
 */
export class GroupSize extends pulumi.CustomResource {
  constructor(name: string, args: GroupSizeArgs, opts?: pulumi.CustomResourceOptions) {
    // The package is the program's only provider: each further one is another process in every preview.
    super("golden-image:index:GroupSize", name, { ...args }, opts);
  }
}
