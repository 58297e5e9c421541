import { foreignZones } from "./components/network/settings";
import { ownerOf } from "./components/scheduledLauncher/owner";
import { serverTagProblems } from "./components/scheduledLauncher/serverTags";
import { problemsIn } from "./components/settings/parse";
import type { Problem } from "./components/settings/problem";
import { healthCheckTagsProblem, ownTags } from "./components/settings/tags";
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
  /** Tags that the aws provider gives everything besides (aws:defaultTags); none by default. */
  readonly defaultTags?: Readonly<Record<string, string>>;
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
  const defaults = ownDefaults(place);
  const problems: Problem[] = foreignZones(network, place.region).map(({ index, allowed }) => ({
    path: `network.availabilityZones.${String(index)}`,
    value: network.availabilityZones?.[index],
    allowed,
  }));
  if (fleet.siteHealthCheck) {
    const ofRegion = place.region === undefined ? undefined : unreportedProblem(place.region);
    if (ofRegion !== undefined)
      problems.push({ path: "fleet.siteHealthCheck", value: true, allowed: ofRegion });
    const ofTags = healthCheckTagsProblem({ ...defaults, ...tags });
    if (ofTags !== undefined) problems.push({ path: "tags", value: tags, allowed: ofTags });
  }
  const ofServers = serverTagProblems(
    { ...launcher, tags: { ...tags, ...identityTagsOf(place) } },
    { launcherName: siteName, owner: ownerOf(siteName, place) },
  );
  if (Object.keys(defaults).length > 0) {
    problems.push(...problemsIn(ownTags(), { ...tags, ...defaults }, "aws:defaultTags.tags"));
  }
  return [...problems, ...ofServers.map((each) => ({ ...each, path: `launcher.${each.path}` }))];
}

/** The provider's default tags that no tag of the program replaces: those add to its own. */
function ownDefaults({ defaultTags = {}, ...place }: StackPlace): Readonly<Record<string, string>> {
  const replaced = ["Name", ...Object.keys(identityTagsOf(place))];
  return Object.fromEntries(Object.entries(defaultTags).filter(([key]) => !replaced.includes(key)));
}
