import { foreignZones } from "./components/network/settings";
import { ownerOf } from "./components/scheduledLauncher/owner";
import { serverTagProblems } from "./components/scheduledLauncher/serverTags";
import { problemsIn } from "./components/settings/parse";
import type { Problem } from "./components/settings/problem";
import { healthCheckTagsProblem, ownTags } from "./components/settings/tags";
import type { FleetSettings } from "./components/wordpressFleet/options";
import { reportsHealthChecks, unreportedProblem } from "./components/wordpressFleet/siteHealthCheck";
import type { StackSettings } from "./stackSettings";

/** The first part of every resource's name. */
export const siteName = "wordpress";

/** The project, stack and region that settings are for. */
export interface StackPlace {
  readonly project: string;
  readonly stack: string;
  /** `undefined` when only AWS's shared configuration files have it. */
  readonly region: string | undefined;
  /** Tags that the aws provider adds to every resource (`aws:defaultTags`). @default none */
  readonly defaultTags?: Readonly<Record<string, string>>;
}

/** The tags that name the stack of a resource. */
export function identityTagsOf({
  project,
  stack,
}: Pick<StackPlace, "project" | "stack">): Readonly<Record<string, string>> {
  return { Project: project, Stack: stack, ManagedBy: "pulumi" };
}

/** The problems of valid settings in their project, stack and region, and with each other. */
export function problemsInPlace(settings: StackSettings, place: StackPlace): readonly Problem[] {
  const { network, launcher, tags } = settings;
  const defaults = ownDefaults(place);
  const problems: Problem[] = foreignZones(network, place.region).map(({ index, allowed }) => ({
    path: `network.availabilityZones.${String(index)}`,
    value: network.availabilityZones?.[index],
    allowed,
  }));
  problems.push(...siteHealthCheckProblems(settings, place));
  const ofServers = serverTagProblems(
    { ...launcher, tags: { ...tags, ...identityTagsOf(place) } },
    { launcherName: siteName, owner: ownerOf(siteName, place) },
  );
  if (Object.keys(defaults).length > 0) {
    problems.push(...problemsIn(ownTags(), { ...tags, ...defaults }, "aws:defaultTags.tags"));
  }
  return [...problems, ...ofServers.map((each) => ({ ...each, path: `launcher.${each.path}` }))];
}

/** Settings with the defaults that depend on the region. */
export interface RegionalSettings extends StackSettings {
  readonly fleet: FleetSettings & { readonly siteHealthCheck: boolean };
}

/** The settings with the defaults of the region: some features exist only in some regions. */
export function settleInRegion(settings: StackSettings, region: string): RegionalSettings {
  const { fleet } = settings;
  const siteHealthCheck = fleet.siteHealthCheck ?? reportsHealthChecks(region);
  return { ...settings, fleet: { ...fleet, siteHealthCheck } };
}

/** The problems of the site's health check. None when the region that decides about it is not known yet. */
export function siteHealthCheckProblems(
  { fleet: { siteHealthCheck }, tags }: StackSettings,
  place: StackPlace,
): readonly Problem[] {
  const { region } = place;
  if (!(siteHealthCheck ?? (region !== undefined && reportsHealthChecks(region)))) return [];
  const ofRegion = region === undefined ? undefined : unreportedProblem(region);
  const ofTags = healthCheckTagsProblem({ ...ownDefaults(place), ...tags });
  return [
    ...(ofRegion === undefined ? [] : [{ path: "fleet.siteHealthCheck", value: true, allowed: ofRegion }]),
    ...(ofTags === undefined ? [] : [{ path: "tags", value: tags, allowed: ofTags }]),
  ];
}

/** The provider's default tags that no tag of the program replaces. */
function ownDefaults({ defaultTags = {}, ...place }: StackPlace): Readonly<Record<string, string>> {
  const replaced = ["Name", ...Object.keys(identityTagsOf(place))];
  return Object.fromEntries(Object.entries(defaultTags).filter(([key]) => !replaced.includes(key)));
}
