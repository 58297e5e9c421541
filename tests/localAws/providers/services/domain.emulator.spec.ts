import { expect } from "chai";

import { certificate } from "../../../../localAws/providers/aws/acm/certificate";
import { certificateValidation } from "../../../../localAws/providers/aws/acm/certificateValidation";
import type { Properties } from "../../../../localAws/providers/aws/resourceType";
import { getZone } from "../../../../localAws/providers/aws/route53/getZone";
import { healthCheck } from "../../../../localAws/providers/aws/route53/healthCheck";
import { record } from "../../../../localAws/providers/aws/route53/record";
import { zone } from "../../../../localAws/providers/aws/route53/zone";
import { rejectionOf } from "../../../support/rejection";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf, type Kept } from "./life";

describe("Route 53 and ACM types on the emulator", () => {
  const account = emulatedAccount();
  let site: Kept;

  before(async () => {
    site = await make(account.aws, zone, { forceDestroy: true, name: "example.com", tags: { Name: "site" } });
  });

  it("manage a zone", async () => {
    const { aws } = account;
    await expectInStep(aws, site);
    site = await change(aws, site, { ...site.inputs, comment: "the site's", tags: { Team: "web" } });
    await expectInStep(aws, site);
    await (await aws.route53()).updateHostedZoneComment({ Id: site.id, Comment: "mine" });
    expect(await driftOf(aws, site)).to.deep.equal(["comment"]);
  });

  it("find a zone by its name, and refuse none or several", async () => {
    const { aws } = account;
    const found = await getZone.invoke(aws, { name: "example.com.", privateZone: false });
    expect(found["zoneId"]).to.equal(site.id);
    expect(found["name"]).to.equal("example.com");
    expect(await rejectionOf(getZone.invoke(aws, { name: "example.org" }))).to.contain("no public hosted");

    const twin = await make(aws, zone, { name: "example.com" });
    expect(await rejectionOf(getZone.invoke(aws, { name: "example.com" }))).to.contain("2 public hosted");
    await end(aws, twin);
  });

  it("manage a health check", async () => {
    const { aws } = account;
    const inputs = { fqdn: "www.example.com", port: 443, resourcePath: "/healthz/deep", type: "HTTPS" };
    const made = await make(aws, healthCheck, { ...inputs, enableSni: true, tags: { Name: "site" } });
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      ...inputs,
      failureThreshold: 5,
      fqdn: "blog.example.com",
      resourcePath: "/",
      tags: { Team: "web" },
    });
    await expectInStep(aws, changed);
    expect(preview(changed, { ...inputs, requestInterval: 10, type: "HTTP" }).replaced).to.deep.equal([
      "requestInterval",
      "type",
    ]);
    const route53 = await aws.route53();
    await route53.updateHealthCheck({ HealthCheckId: made.id, ResourcePath: "/mine" });
    expect(await driftOf(aws, changed)).to.deep.equal(["resourcePath"]);
    await end(aws, changed);
  });

  it("refuse a health check that Route 53 refuses, or that the emulator does not run", () => {
    const wrong = (inputs: Properties) => problemsOf(healthCheck, inputs).map(({ property }) => property);
    expect(wrong({ failureThreshold: 11, requestInterval: 60, type: "CALCULATED" })).to.have.members([
      "failureThreshold",
      "requestInterval",
      "type",
    ]);
    expect(wrong({ inverted: true, type: "HTTP" })).to.deep.equal(["inverted"]);
    expect(wrong({})).to.deep.equal(["type"]);
  });

  it("manage a record with values, whether its name has the zone's or not", async () => {
    const { aws } = account;
    const inputs = { name: "www", type: "A", zoneId: site.id };
    const made = await make(aws, record, { ...inputs, records: ["192.0.2.1", "192.0.2.2"], ttl: 60 });
    expect(made.state["fqdn"]).to.equal("www.example.com");
    expect(made.id).to.equal(`${site.id}_www.example.com_A`);
    await expectInStep(aws, made);
    const written = { ...inputs, name: "WWW.", records: ["192.0.2.2", "192.0.2.1"], ttl: 60 };
    expect(preview(made, written).changed).to.deep.equal([]);
    const changed = await change(aws, made, { ...inputs, records: ["192.0.2.3"], ttl: 300 });
    await expectInStep(aws, changed);

    const again = make(aws, record, { ...inputs, records: ["192.0.2.9"], ttl: 60 });
    expect(await rejectionOf(again)).to.contain("already exists");
    const over = await make(aws, record, {
      ...inputs,
      allowOverwrite: true,
      name: "WWW.example.com.",
      records: ["192.0.2.9"],
      ttl: 300,
    });
    await expectInStep(aws, over);
    expect(await driftOf(aws, changed)).to.deep.equal(["records"]);
    await end(aws, over);
  });

  it("manage an alias", async () => {
    const { aws } = account;
    const aliased = (evaluateTargetHealth: boolean) => ({
      aliases: [
        { evaluateTargetHealth, name: "Site-1.us-east-1.elb.amazonaws.com", zoneId: "Z35SXDOTRQ7X7K" },
      ],
      name: "example.com",
      type: "A",
      zoneId: site.id,
    });
    const made = await make(aws, record, aliased(true));
    await expectInStep(aws, made);
    const changed = await change(aws, made, aliased(false));
    await expectInStep(aws, changed);
    expect(preview(changed, { ...changed.inputs, name: "b.example.com" }).replaced).to.deep.equal(["name"]);
    await end(aws, changed);
  });

  it("manage a text record without the quotes that Route 53 requires", async () => {
    const { aws } = account;
    const made = await make(aws, record, {
      name: "example.com",
      records: ["v=spf1 -all"],
      ttl: 60,
      type: "TXT",
      zoneId: site.id,
    });
    await expectInStep(aws, made);
    await end(aws, made);
  });

  it("validate a domain and wait for its certificate", async () => {
    const { aws } = account;
    const inputs = {
      domainName: "blog.example.com",
      subjectAlternativeNames: ["blog.example.com", "www.example.com"],
      validationMethod: "DNS",
    };
    const made = await make(aws, certificate, { ...inputs, tags: { Name: "blog" } });
    await expectInStep(aws, made);
    expect(JSON.stringify(made.state["domainValidationOptions"])).to.match(
      /^\[\{"domainName":"blog\.example\.com","resourceRecordName":"_/,
    );
    const changed = await change(aws, made, { ...inputs, tags: { Team: "web" } });
    await expectInStep(aws, changed);

    const stranger = make(aws, certificateValidation, {
      certificateArn: made.id,
      validationRecordFqdns: ["_other.example.com"],
    });
    expect(await rejectionOf(stranger)).to.contain("_other.example.com");

    const { DomainValidationOptions = [] } =
      (await (await aws.acm()).describeCertificate({ CertificateArn: made.id })).Certificate ?? {};
    const proof = await make(aws, certificateValidation, {
      certificateArn: made.id,
      validationRecordFqdns: DomainValidationOptions.map(({ ResourceRecord }) => ResourceRecord?.Name ?? ""),
    });
    await expectInStep(aws, proof);
    await certificateValidation.delete(aws, proof.id, proof.state);
    await end(aws, changed);
    expect(await certificateValidation.read(aws, proof.id, proof.state)).to.equal(undefined);
  });

  it("delete a zone with records that were created outside of Pulumi", async () => {
    const { aws } = account;
    await make(aws, record, {
      name: "left",
      records: ["192.0.2.1"],
      ttl: 60,
      type: "A",
      zoneId: site.id,
    });
    await end(aws, site);
  });

  it("refuse everything that Route 53 and ACM refuses, all at once", () => {
    const named = { name: "www", zoneId: "Z1" };
    const alias = { evaluateTargetHealth: true, name: "a", zoneId: "Z2" };
    const problems = [
      ...problemsOf(record, { ...named, type: "ANY", records: ["x"], ttl: 1 }),
      ...problemsOf(record, { ...named, type: "A" }),
      ...problemsOf(record, { ...named, type: "A", aliases: [alias], ttl: 60 }),
      ...problemsOf(certificate, { domainName: "example.com", validationMethod: "EMAIL" }),
    ];
    expect(problems.map(({ property }) => property)).to.deep.equal([
      "type",
      "records",
      "ttl",
      "aliases",
      "validationMethod",
    ]);
  });
});
