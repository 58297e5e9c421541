import * as pulumi from "@pulumi/pulumi";

export interface DestroyGuardArgs {
  /** Whether to protect the stack: true when a setting enables deletion protection. */
  readonly protect: boolean;
  /** All resources of the stack. A component includes its children, except those that a provider registers. */
  readonly resources: pulumi.Input<pulumi.Input<pulumi.Resource>[]>;
}

/**
 * Refuses `pulumi destroy` before it deletes anything.
 *
 * Pulumi's `protect` on the database alone is too late. The engine first deletes the resources on which no other
 * depends, so it has deleted the site's servers, records and alarms when it reaches the database (`--skip-preview`), or
 * it continues without the database (`--continue-on-error`). This component depends on every resource, so the engine
 * deletes it first. It is protected, so its deletion fails. The engine deletes no resource on which a failed deletion
 * depends.
 *
 * It depends on every resource in an unprotected stack, too: in an `up` with `--target` the engine takes it from the
 * state, and must know all its dependencies by then. So a destroy with `--target` always needs `--target-dependents`.
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
