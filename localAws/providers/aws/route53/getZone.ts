import type { GetZoneArgs, GetZoneResult } from "@pulumi/aws/route53";

import { sent } from "../gone";
import type { FunctionType } from "../resourceType";
import { tagProperties } from "../tags";
import { present, reading, type Known } from "../values";
import { bareId, domainName } from "./names";

/** An existing hosted zone, by its name or its id. */
export const getZone: FunctionType = {
  token: "aws:route53/getZone:getZone",
  args: ["name", "privateZone", "zoneId"],
  async invoke(aws, args) {
    const from = reading<GetZoneArgs>(args);
    const route53 = await aws.route53();
    const id = from.string("zoneId") ?? (await byName());
    const { HostedZone: found, DelegationSet } = await route53.getHostedZone({ Id: id });
    const { ResourceTagSet } = await route53.listTagsForResource({
      ResourceId: id,
      ResourceType: "hostedzone",
    });
    const nameServers = DelegationSet?.NameServers ?? [];
    return present({
      id,
      arn: `arn:aws:route53:::hostedzone/${id}`,
      callerReference: found?.CallerReference,
      comment: found?.Config?.Comment ?? "",
      linkedServiceDescription: found?.LinkedService?.Description ?? "",
      linkedServicePrincipal: found?.LinkedService?.ServicePrincipal ?? "",
      name: domainName(sent(found?.Name, "HostedZone.Name")),
      nameServers,
      primaryNameServer: nameServers[0] ?? "",
      privateZone: found?.Config?.PrivateZone ?? false,
      resourceRecordSetCount: found?.ResourceRecordSetCount,
      tags: tagProperties(ResourceTagSet?.Tags).tagsAll,
      zoneId: id,
    } satisfies Known<GetZoneResult>);

    async function byName(): Promise<string> {
      const name = domainName(from.requiredString("name"));
      const isPrivate = from.boolean("privateZone") ?? false;
      const kind = isPrivate ? "private" : "public";
      const { HostedZones = [] } = await route53.listHostedZonesByName({ DNSName: name });
      const found = HostedZones.filter(
        (zone) => domainName(zone.Name ?? "") === name && (zone.Config?.PrivateZone ?? false) === isPrivate,
      );
      const [first, ...others] = found;
      if (first === undefined) {
        throw new Error(
          `name: ${name} - the account has no ${kind} hosted zone with this name; create one first`,
        );
      }
      if (others.length > 0) {
        throw new Error(
          `name: ${name} - ${String(found.length)} ${kind} hosted zones have this name; set zoneId`,
        );
      }
      return bareId(sent(first.Id, "HostedZone.Id"));
    }
  },
};
