import { awsClients, type AwsTarget } from "../providers/aws/clients";
import { mark } from "./mark";

/** Creates the hosted zone, unless the account has one of this name. */
export async function ensureZone(target: AwsTarget, name: string): Promise<void> {
  const route53 = await awsClients(target).route53();
  if ((await zonesNamed(target, name)).length > 0) return;
  await route53.createHostedZone({
    Name: name,
    CallerReference: `${mark} ${Date.now()}`,
    HostedZoneConfig: { Comment: mark, PrivateZone: false },
  });
}

/** Deletes the hosted zone that {@link ensureZone} created. */
export async function removeZone(target: AwsTarget, name: string): Promise<void> {
  const route53 = await awsClients(target).route53();
  for (const zone of await zonesNamed(target, name)) {
    if (zone.Config?.Comment === mark) await route53.deleteHostedZone({ Id: zone.Id });
  }
}

async function zonesNamed(target: AwsTarget, name: string) {
  const route53 = await awsClients(target).route53();
  const { HostedZones = [] } = await route53.listHostedZonesByName({ DNSName: name });
  return HostedZones.filter((zone) => zone.Name === `${name}.`);
}
