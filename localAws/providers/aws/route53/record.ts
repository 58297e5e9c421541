import type { ChangeAction, ResourceRecordSet, RRType } from "@aws-sdk/client-route-53";
import type { RecordArgs, RecordState } from "@pulumi/aws/route53";
import type { input } from "@pulumi/aws/types";

import { choice } from "../choice";
import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { CheckFailure, Properties, ResourceType } from "../resourceType";
import { present, reading, type Known } from "../values";
import { domainName, unescaped, wholeName } from "./names";

type Alias = input.route53.RecordAlias;

const types: readonly RRType[] = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "SRV", "TXT"];

/** A DNS record with simple routing, with values or an alias. Its id is `zone_name_type`. */
export const record: ResourceType<RecordArgs> = {
  token: "aws:route53/record:Record",
  properties: {
    aliases: {
      nested: {
        evaluateTargetHealth: { required: true },
        name: { required: true, spelling: aliasName },
        zoneId: { required: true },
      },
    },
    allowOverwrite: { default: false, notReadable: true },
    name: { required: true, replace: true, spelling: domainName },
    records: { set: true },
    ttl: {},
    type: { required: true, replace: true },
    zoneId: { required: true, replace: true },
  },
  check: checkRecord,
  async create(aws, inputs) {
    const from = reading<RecordArgs>(inputs);
    const zoneId = from.requiredString("zoneId");
    const wanted = await recordOf(aws, inputs);
    await apply(aws, zoneId, from.boolean("allowOverwrite") === true ? "UPSERT" : "CREATE", wanted);
    return { id: [zoneId, wanted.Name, wanted.Type].join("_") };
  },
  async read(aws, id, prior) {
    const found = await find(aws, id);
    if (found === undefined) return undefined;
    const { zoneId, name, type } = partsOf(id);
    const zoneName = await zoneNameOf(aws, zoneId);
    const given = reading<RecordArgs>(prior).string("name");
    return present({
      aliases: aliases(found, reading<RecordArgs>(prior).objects("aliases")?.[0]),
      fqdn: name,
      name: given !== undefined && wholeName(given, zoneName) === name ? given : name,
      records: found.ResourceRecords?.flatMap(({ Value }) => Value ?? []).map((value) =>
        type === "TXT" ? value.replace(/^"|"$/g, "") : value,
      ),
      ttl: found.TTL,
      type,
      zoneId,
    } satisfies Known<RecordState>);
  },
  async update(aws, { new: inputs }) {
    const zoneId = reading<RecordArgs>(inputs).requiredString("zoneId");
    await apply(aws, zoneId, "UPSERT", await recordOf(aws, inputs));
  },
  async delete(aws, id) {
    const found = await find(aws, id);
    if (found !== undefined) await apply(aws, partsOf(id).zoneId, "DELETE", found);
  },
};

async function recordOf(aws: AwsClients, inputs: Properties) {
  const from = reading<RecordArgs>(inputs);
  const alias = from.objects("aliases")?.[0];
  const zoneName = await zoneNameOf(aws, from.requiredString("zoneId"));
  const type = from.requiredString("type");
  return {
    AliasTarget: alias === undefined ? undefined : aliasOf(alias),
    Name: wholeName(from.requiredString("name"), zoneName),
    ResourceRecords: from
      .strings("records")
      ?.map((value) => ({ Value: type === "TXT" ? `"${value}"` : value })),
    TTL: from.number("ttl"),
    Type: choice("type", types, type),
  };
}

function aliasOf(block: Properties) {
  const from = reading<Alias>(block);
  return {
    DNSName: from.requiredString("name"),
    EvaluateTargetHealth: from.boolean("evaluateTargetHealth") ?? false,
    HostedZoneId: from.requiredString("zoneId"),
  };
}

/** Route 53 changes the form of an alias's name. The state keeps the program's form if it is equal. */
function aliases({ AliasTarget: found }: ResourceRecordSet, prior: Properties | undefined) {
  if (found === undefined) return undefined;
  const given = reading<Alias>(prior ?? {}).string("name");
  const name = aliasName(sent(found.DNSName, "AliasTarget.DNSName"));
  return [
    present({
      evaluateTargetHealth: found.EvaluateTargetHealth,
      name: given !== undefined && aliasName(given) === name ? given : name,
      zoneId: found.HostedZoneId,
    } satisfies Known<Alias>),
  ];
}

function aliasName(name: string): string {
  return domainName(name).replace(/^dualstack\./, "");
}

async function apply(
  aws: AwsClients,
  HostedZoneId: string,
  Action: ChangeAction,
  record: Partial<ResourceRecordSet>,
): Promise<void> {
  const { Name, Type } = record;
  const ResourceRecordSet = { ...record, Name, Type };
  const route53 = await aws.route53();
  const { ChangeInfo } = await route53.changeResourceRecordSets({
    HostedZoneId,
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
  });
  await route53.waitUntilResourceRecordSetsChanged(
    { Id: ChangeInfo?.Id },
    { maxWaitTime: 1800, minDelay: 1, maxDelay: 10 },
  );
}

async function find(aws: AwsClients, id: string): Promise<ResourceRecordSet | undefined> {
  const { zoneId, name, type } = partsOf(id);
  const answer = await unlessGone(
    (await aws.route53()).listResourceRecordSets({
      HostedZoneId: zoneId,
      MaxItems: 1,
      StartRecordName: name,
      StartRecordType: choice("type", types, type),
    }),
    "NoSuchHostedZone",
  );
  const first = answer?.ResourceRecordSets?.[0];
  const isIt = first?.Type === type && domainName(unescaped(first.Name ?? "")) === name;
  return isIt ? first : undefined;
}

async function zoneNameOf(aws: AwsClients, Id: string): Promise<string> {
  const { HostedZone } = await (await aws.route53()).getHostedZone({ Id });
  return sent(HostedZone?.Name, "HostedZone.Name");
}

/** Zone ids and types contain no underscore; names may. */
function partsOf(id: string) {
  const [zoneId = "", ...rest] = id.split("_");
  return { zoneId, name: rest.slice(0, -1).join("_"), type: rest.at(-1) ?? "" };
}

/** Values that Route 53 refuses. Source: Route 53 API reference, ResourceRecordSet. */
function checkRecord(inputs: Properties): readonly CheckFailure[] {
  const from = reading<RecordArgs>(inputs);
  const failures: CheckFailure[] = [];
  const type = from.requiredString("type");
  if (!types.some((known) => known === type)) {
    failures.push({ property: "type", reason: `${type} - allowed here: ${types.join(", ")}` });
  }
  const isAlias = (from.objects("aliases") ?? []).length > 0;
  const records = from.strings("records") ?? [];
  if (isAlias && (records.length > 0 || from.number("ttl") !== undefined)) {
    failures.push({
      property: "aliases",
      reason: "given together with records or ttl; allowed is one of them",
    });
  }
  if (!isAlias && records.length === 0)
    failures.push({ property: "records", reason: "missing, and so is aliases" });
  if (!isAlias && from.number("ttl") === undefined) {
    failures.push({ property: "ttl", reason: "missing; records need one, in seconds" });
  }
  return failures;
}
