import { foreignZones } from "./components/network/settings";
import { ownerOf } from "./components/scheduledLauncher/owner";
import { serverTagProblems } from "./components/scheduledLauncher/serverTags";
import type { Problem } from "./components/settings/problem";
import { healthCheckTagsProblem } from "./components/settings/tags";
import { unreportedProblem } from "./components/wordpressFleet/siteHealthCheck";
import type { StackSettings } from "./config";

/** The first part of every resource's name. */
export const siteName = "wordpress";

/** Where a stack is to be. */
export interface StackPlace {
  readonly project: string;
  readonly stack: string;
  /** `undefined` when only AWS's shared files say which it is. */
  readonly region: string | undefined;
}

/** The tags by which everything in the stack says whose it is. */
export function identityTagsOf({
  project,
  stack,
}: Pick<StackPlace, "project" | "stack">): Readonly<Record<string, string>> {
  return { Project: project, Stack: stack, ManagedBy: "pulumi" };
}

/** What is wrong with settings that are right by themselves: with several of them together, in that place. */
export function problemsInPlace(settings: StackSettings, place: StackPlace): readonly Problem[] {
  const { network, fleet, launcher, tags } = settings;
  const problems: Problem[] = foreignZones(network, place.region).map(({ index, allowed }) => ({
    path: `network.availabilityZones.${String(index)}`,
    value: network.availabilityZones?.[index],
    allowed,
  }));
  if (fleet.siteHealthCheck) {
    const ofRegion = place.region === undefined ? undefined : unreportedProblem(place.region);
    if (ofRegion !== undefined)
      problems.push({ path: "fleet.siteHealthCheck", value: true, allowed: ofRegion });
    const ofTags = healthCheckTagsProblem(tags);
    if (ofTags !== undefined) problems.push({ path: "tags", value: tags, allowed: ofTags });
  }
  const ofServers = serverTagProblems(
    { ...launcher, tags: { ...tags, ...identityTagsOf(place) } },
    { launcherName: siteName, owner: ownerOf(siteName, place) },
  );
  return [...problems, ...ofServers.map((each) => ({ ...each, path: `launcher.${each.path}` }))];
}
