import * as pulumi from "@pulumi/pulumi";

export interface DestroyGuardArgs {
  /** Whether the stack is protected: a setting asks for deletion protection. */
  readonly protect: boolean;
  /** Everything in the stack. A component stands for its children, but for those that a provider registers. */
  readonly resources: pulumi.Input<pulumi.Input<pulumi.Resource>[]>;
}

/**
 * Refuses `pulumi destroy` before it deletes anything.
 *
 * Pulumi's `protect` on a database alone is too late: the engine deletes first what nothing depends on, and so has
 * deleted the site's servers, records and alarms when it reaches the database (`--skip-preview`), or goes around it
 * (`--continue-on-error`). This component depends on every resource, so it is the first to be deleted; it is
 * protected, so its deletion fails; and the engine deletes nothing that a failed deletion depends on.
 *
 * Without protection it depends on everything all the same: in an `up` with `--target` the engine takes it from the
 * state, and must have met by then all that it depends on there. So a destroy with `--target` always needs
 * `--target-dependents`.
 */
export class DestroyGuard extends pulumi.ComponentResource {
  constructor(
    name: string,
    { protect, resources }: DestroyGuardArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("wordpress:guard:DestroyGuard", name, {}, { ...opts, protect, dependsOn: resources });
    this.registerOutputs({});
  }
}
