import * as pulumi from "@pulumi/pulumi";

/** The value of the servers' owner tag, unique among the launchers of an account. */
export function ownerOf(
  launcherName: string,
  { project, stack }: { readonly project: string; readonly stack: string },
): string {
  return [project, stack, launcherName].join("/");
}

/** The owner in the current stack. */
export function ownOwner(launcherName: string): string {
  return ownerOf(launcherName, { project: pulumi.getProject(), stack: pulumi.getStack() });
}
