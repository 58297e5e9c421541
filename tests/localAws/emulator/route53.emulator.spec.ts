import { Route53, type Change, type ResourceRecordSet } from "@aws-sdk/client-route-53";
import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { present, refusalOf } from "./fleet";

/** The hosted zone of load balancers' names. */
const balancing = "Z35SXDOTRQ7X7K";

describe("Route 53 in the emulator", () => {
  const emulator = useEmulator();
  let route53: Route53;
  let zone: string;

  before(() => {
    route53 = new Route53(emulator.clientConfig("340000000053"));
  });
  beforeEach(async () => {
    const made = await route53.createHostedZone({
      Name: "example.com",
      CallerReference: String(Math.random()),
    });
    zone = present(made.HostedZone?.Id);
  });

  const changeAll = (...Changes: Change[]) =>
    route53.changeResourceRecordSets({ HostedZoneId: zone, ChangeBatch: { Changes } });
  const change = (Action: "CREATE" | "DELETE" | "UPSERT", ResourceRecordSet: ResourceRecordSet): Change => ({
    Action,
    ResourceRecordSet,
  });
  const address = (Name: string, ...values: string[]): ResourceRecordSet => ({
    Name,
    Type: "A",
    TTL: 60,
    ResourceRecords: values.map((Value) => ({ Value })),
  });
  const alias = (Name: string, DNSName = "site-1.us-east-1.elb.amazonaws.com"): ResourceRecordSet => ({
    Name,
    Type: "A",
    AliasTarget: { HostedZoneId: balancing, DNSName, EvaluateTargetHealth: true },
  });
  const records = async () =>
    present((await route53.listResourceRecordSets({ HostedZoneId: zone })).ResourceRecordSets);
  const own = async () => (await records()).filter(({ Type }) => Type !== "NS" && Type !== "SOA");
  const refused = async (...Changes: Change[]) => {
    const before = await records();
    const { name, message } = await refusalOf(changeAll(...Changes));
    expect(await records()).to.deep.equal(before);
    return `${name}: ${message}`;
  };

  for (const made of [address("www.example.com", "192.0.2.1"), alias("www.example.com")]) {
    const kind = made.AliasTarget === undefined ? "a record" : "an alias";

    it(`creates ${kind} again after its deletion, with other or the same values`, async () => {
      for (let time = 0; time < 3; time += 1) {
        await changeAll(change("CREATE", made));
        expect(await own()).to.have.length(1);
        await changeAll(change("DELETE", made));
        expect(await own()).to.deep.equal([]);
      }
      await changeAll(change("CREATE", address("www.example.com", "192.0.2.7")));
    });

    it(`refuses to create ${kind} that exists, in every spelling of its name`, async () => {
      await changeAll(change("CREATE", made));
      for (const Name of ["www.example.com", "www.example.com.", "WWW.Example.com"]) {
        expect(await refused(change("CREATE", { ...made, Name }))).to.equal(
          "InvalidChangeBatch: [Tried to create resource record set [name='www.example.com.', type='A'] but it already exists]",
        );
      }
    });

    it(`refuses to delete ${kind} that does not exist, or has other values`, async () => {
      expect(await refused(change("DELETE", made))).to.match(
        /InvalidChangeBatch: .*'A'\] but it was not found/,
      );
      await changeAll(change("CREATE", made));
      for (const other of [
        address("www.example.com", "192.0.2.9"),
        alias("www.example.com", "other.example.net"),
      ]) {
        expect(await refused(change("DELETE", other))).to.include("do not match the current values");
      }
      // Its former values must not remain either.
      await changeAll(change("UPSERT", address("www.example.com", "192.0.2.8")));
      expect(await refused(change("DELETE", made))).to.include("do not match the current values");
    });
  }

  it("deletes a record by its values in any order, and an alias by its target in any spelling", async () => {
    await changeAll(change("CREATE", address("www.example.com", "192.0.2.1", "192.0.2.2")));
    await changeAll(change("DELETE", address("WWW.example.com.", "192.0.2.2", "192.0.2.1")));
    await changeAll(change("CREATE", alias("www.example.com", "Site-1.us-east-1.elb.amazonaws.com")));
    await changeAll(change("DELETE", alias("www.example.com.", "site-1.us-east-1.elb.amazonaws.com.")));
    expect(await own()).to.deep.equal([]);
  });

  it("updates existing records by UPSERT, in any spelling, and creates others", async () => {
    await changeAll(change("UPSERT", address("www.example.com", "192.0.2.1")));
    await changeAll(change("UPSERT", alias("WWW.example.com.")));
    expect((await own()).map(({ Name, AliasTarget }) => [Name, AliasTarget?.DNSName])).to.deep.equal([
      ["www.example.com.", "site-1.us-east-1.elb.amazonaws.com."],
    ]);
  });

  it("applies a batch as a whole or not at all, and names every problem", async () => {
    await changeAll(change("CREATE", address("one.example.com", "192.0.2.1")));
    const reasons = await refused(
      change("CREATE", address("two.example.com", "192.0.2.2")),
      change("CREATE", address("one.example.com", "192.0.2.3")),
      change("DELETE", address("three.example.com", "192.0.2.3")),
      change("CREATE", address("www.badexample.com", "192.0.2.3")),
    );
    expect(reasons).to.include("one.example.com.', type='A'] but it already exists");
    expect(reasons).to.include("three.example.com.', type='A'] but it was not found");
    expect(reasons).to.include("www.badexample.com. is not permitted in zone example.com.");
    await changeAll(
      change("DELETE", address("one.example.com", "192.0.2.1")),
      change("CREATE", address("one.example.com", "192.0.2.4")),
    );
    expect((await own())[0]?.ResourceRecords).to.deep.equal([{ Value: "192.0.2.4" }]);
    expect(
      await refused(
        change("UPSERT", address("one.example.com", "192.0.2.5")),
        change("UPSERT", address("one.example.com", "192.0.2.6")),
      ),
    ).to.include("invalid set of changes");
  });

  it("refuses to delete the zone's own NS and SOA records", async () => {
    const [soa] = (await records()).filter(({ Type }) => Type === "SOA");
    const [ns] = (await records()).filter(({ Type }) => Type === "NS");
    for (const own of [soa, ns]) {
      const record = present(own);
      expect(await refused(change("DELETE", record))).to.match(/must contain (exactly|at least) one/);
      expect(await refused(change("CREATE", record))).to.include("already exists");
      await changeAll(change("UPSERT", { ...record, TTL: 300 }));
    }
    await changeAll(change("CREATE", alias("example.com")));
    await changeAll(change("DELETE", alias("example.com")));
    await route53.deleteHostedZone({ Id: zone });
  });

  it("refuses to delete a zone with other records", async () => {
    await changeAll(change("CREATE", { ...address("sub.example.com", "ns.example.net"), Type: "NS" }));
    expect((await refusalOf(route53.deleteHostedZone({ Id: zone }))).name).to.equal("HostedZoneNotEmpty");
  });

  it("refuses a CNAME at the zone's apex or beside another record", async () => {
    const cname = (Name: string): ResourceRecordSet => ({
      ...address(Name, "site.example.net"),
      Type: "CNAME",
    });
    expect(await refused(change("CREATE", cname("example.com")))).to.include("not permitted at apex");
    await changeAll(change("CREATE", address("www.example.com", "192.0.2.1")));
    expect(await refused(change("CREATE", cname("WWW.example.com")))).to.include(
      "conflicts with other records",
    );
  });

  it("writes a wildcard as Route 53 does, and finds it in either spelling", async () => {
    await changeAll(change("CREATE", address("*.example.com", "192.0.2.1")));
    expect((await own()).map(({ Name }) => Name)).to.deep.equal(["\\052.example.com."]);
    expect(await refused(change("CREATE", address("\\052.example.com", "192.0.2.2")))).to.include(
      "already exists",
    );
    await changeAll(change("DELETE", address("*.EXAMPLE.com.", "192.0.2.1")));
  });

  it("refuses an alias to a missing record of its zone", async () => {
    const Type = "A";
    const DNSName = "www.example.com";
    const HostedZoneId = zone.replace("/hostedzone/", "");
    const lost = {
      Name: "b.example.com",
      Type,
      AliasTarget: { HostedZoneId, DNSName, EvaluateTargetHealth: false },
    } as const;
    expect(await refused(change("CREATE", lost))).to.include("that target was not found");
    await changeAll(change("CREATE", address(DNSName, "192.0.2.1")), change("CREATE", lost));
  });
});
