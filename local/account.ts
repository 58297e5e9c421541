import { awsClients, type AwsTarget } from "./providers/aws/clients";

/** Tells a hosted zone of ours from one that the user made by hand. */
const madeByUs = "npm run local";

/**
 * What a stack's settings expect to find in its account, because people have it there before: the domain's
 * hosted zone. Undefined when they expect nothing.
 */
export function expectedZone(config: Readonly<Record<string, unknown>>): string | undefined {
  const domain = memberOf(config["wordpress:fleet"], "domain");
  const zone = memberOf(domain, "hostedZoneName");
  return typeof zone === "string" ? zone : undefined;
}

/** Makes the hosted zone unless the account has one of this name. */
export async function ensureZone(target: AwsTarget, name: string): Promise<void> {
  const route53 = await awsClients(target).route53();
  if ((await zonesNamed(target, name)).length > 0) return;
  await route53.createHostedZone({
    Name: name,
    CallerReference: `${madeByUs} ${Date.now()}`,
    HostedZoneConfig: { Comment: madeByUs, PrivateZone: false },
  });
}

/** Removes the hosted zone that {@link ensureZone} made. */
export async function removeZone(target: AwsTarget, name: string): Promise<void> {
  const route53 = await awsClients(target).route53();
  for (const zone of await zonesNamed(target, name)) {
    if (zone.Config?.Comment === madeByUs) await route53.deleteHostedZone({ Id: zone.Id });
  }
}

async function zonesNamed(target: AwsTarget, name: string) {
  const route53 = await awsClients(target).route53();
  const { HostedZones = [] } = await route53.listHostedZonesByName({ DNSName: name });
  return HostedZones.filter((zone) => zone.Name === `${name}.`);
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
