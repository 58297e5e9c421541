import * as pulumi from "@pulumi/pulumi";

/** Whose servers they are: no two launchers of one account may share it. */
export function ownerOf(
  launcherName: string,
  { project, stack }: { readonly project: string; readonly stack: string },
): string {
  return [project, stack, launcherName].join("/");
}

/** The owner in the stack that runs. */
export function ownOwner(launcherName: string): string {
  return ownerOf(launcherName, { project: pulumi.getProject(), stack: pulumi.getStack() });
}
