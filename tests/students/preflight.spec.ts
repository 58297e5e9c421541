import { expect } from "chai";

import { judge, type RegionFacts, type AccountFacts, type Wanted } from "../../students/preflight/judge";
import { permissionOf } from "../../students/preflight/permission";

const now = new Date("2026-09-01T09:00:00Z");
const minutesFromNow = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

const facts = {
  accountId: "111111111111",
  expiresAt: minutesFromNow(180),
  writtenAt: undefined,
  region: {
    servers: 0,
    vcpus: 0,
    wantedVcpus: 10,
    vpcs: 1,
    elasticIps: 0,
    missing: [],
    lacksConnectRole: false,
    refusedTypes: [],
    images: "allowed",
    quotas: { vpcs: 5, elasticIps: 5, vcpus: 32, assumed: [] },
  },
} as const satisfies AccountFacts;
const wanted: Wanted = {
  accountId: "111111111111",
  region: "us-east-1",
  isNew: true,
  servers: 5,
  elasticIps: 1,
  bakesImage: false,
  connectEndpoint: false,
};

const textsOf = (more: Partial<AccountFacts>, want: Partial<Wanted> = {}) =>
  judge({ ...facts, ...more }, { ...wanted, ...want }, now).map(({ kind, text }) => `${kind}: ${text}`);

const inRegion = (more: Partial<RegionFacts>, want: Partial<Wanted> = {}) =>
  textsOf({ region: { ...facts.region, ...more } }, want);

describe("the preflight of an account", () => {
  it("finds nothing in a fresh lab", () => {
    expect(textsOf({})).to.deep.equal([]);
  });

  it("lists every finding with its fix", () => {
    const findings = judge(
      {
        accountId: "222222222222",
        expiresAt: minutesFromNow(12.5),
        writtenAt: undefined,
        region: {
          servers: 6,
          vcpus: 24,
          wantedVcpus: 10,
          vpcs: 5,
          elasticIps: 5,
          missing: ["role LabRole"],
          lacksConnectRole: false,
          refusedTypes: ["m7i.24xlarge"],
          images: "denied",
          quotas: { vpcs: 5, elasticIps: 5, vcpus: 32, assumed: ["32 vCPUs"] },
        },
      },
      wanted,
      now,
    );
    expect(findings.map(({ text }) => text)).to.deep.equal([
      "The credentials are for the account 222222222222; the roster has 111111111111.",
      "The credentials expire in 12 minutes, and an up takes up to 30.",
      "The account has no role LabRole.",
      "The account may not start servers of the type m7i.24xlarge.",
      "The account has 6 servers, the stack may need 5, and the limit is 9.",
      "The account has 24 vCPUs, the stack may need 10, and the limit is 32.",
      "The account has 5 VPCs, the stack may need 1, and the limit is 5.",
      "The account has 5 Elastic IPs, the stack may need 1, and the limit is 5.",
      "AWS does not report the account's limits; up assumes: 32 vCPUs.",
      "The account may not create AMIs.",
    ]);
    expect(findings.filter(({ remedy }) => remedy === "")).to.deep.equal([]);
    expect(findings.map(({ kind }) => kind)).to.deep.equal([
      ...Array<string>(8).fill("problem"),
      "note",
      "note",
    ]);
  });

  it("accepts any account when the roster names none", () => {
    expect(textsOf({ accountId: "222222222222" }, { accountId: undefined })).to.deep.equal([]);
  });

  it("reports expired credentials with 0 minutes, not with a negative number", () => {
    expect(textsOf({ expiresAt: minutesFromNow(-90) })).to.deep.equal([
      "problem: The credentials expire in 0 minutes, and an up takes up to 30.",
    ]);
  });

  it("finds nothing when every quota is exactly sufficient", () => {
    expect(textsOf({ expiresAt: minutesFromNow(30) })).to.deep.equal([]);
    expect(inRegion({ servers: 4, vcpus: 22, vpcs: 4, elasticIps: 4 })).to.deep.equal([]);
  });

  it("accepts credentials of unknown age", () => {
    expect(textsOf({ expiresAt: undefined, writtenAt: undefined })).to.deep.equal([]);
  });

  it("names the limits that it assumed, and the fix for an ending session or a closed region", () => {
    const assumed = { ...facts.region.quotas, assumed: ["32 vCPUs", "5 VPCs"] };
    expect(inRegion({ quotas: assumed })).to.deep.equal([
      "note: AWS does not report the account's limits; up assumes: 32 vCPUs, 5 VPCs.",
    ]);
    const remedies = (more: Partial<AccountFacts>) =>
      judge({ ...facts, ...more }, wanted, now).map(({ remedy }) => remedy);
    expect(remedies({ region: undefined })).to.deep.equal([
      "A Learner Lab is open in us-east-1 and us-west-2 only: change the student's region in the roster.",
    ]);
    expect(remedies({ expiresAt: undefined, writtenAt: minutesFromNow(-240) })).to.deep.equal([
      "Start a new session if this one ends before the up; the next up resumes.",
    ]);
  });

  it("only warns of old credentials whose expiry is unknown", () => {
    const known = { expiresAt: undefined };
    expect(textsOf({ ...known, writtenAt: minutesFromNow(-210) })).to.deep.equal([]);
    expect(textsOf({ ...known, writtenAt: minutesFromNow(-211) })).to.deep.equal([
      "note: The credentials were saved 211 minutes ago; a lab's session lasts about 4 hours.",
    ]);
  });

  it("does not count an existing stack against the limits again", () => {
    expect(inRegion({ servers: 9, vpcs: 5, elasticIps: 5 }, { isNew: false })).to.deep.equal([]);
  });

  it("sends no more requests to an account that may not use the region", () => {
    expect(textsOf({ region: undefined })).to.deep.equal(["problem: The account may not use us-east-1."]);
  });

  it("refuses an account that may not create AMIs only if the stack creates one", () => {
    expect(inRegion({ images: "denied" })).to.deep.equal(["note: The account may not create AMIs."]);
    expect(inRegion({ images: "denied" }, { bakesImage: true })).to.deep.equal([
      "problem: The account may not create AMIs.",
    ]);
  });

  it("reports as a note what the account may not count", () => {
    const uncounted = { servers: undefined, vcpus: undefined, vpcs: undefined, elasticIps: undefined };
    expect(inRegion(uncounted)).to.deep.equal([
      "note: The account may not count these: servers, VPCs, Elastic IPs.",
    ]);
  });

  it("reports the missing role of an Instance Connect Endpoint only for a stack with one", () => {
    expect(inRegion({ lacksConnectRole: true })).to.deep.equal([]);
    expect(inRegion({}, { connectEndpoint: true })).to.deep.equal([]);
    expect(inRegion({ lacksConnectRole: true }, { connectEndpoint: true })).to.deep.equal([
      "note: The account has no service-linked role for the Instance Connect Endpoint; up asks AWS to create it.",
    ]);
  });
});

const awsError = (name: string) => Object.assign(new Error(`(${name})`), { name });

describe("the answer of a dry run", () => {
  it("is denied only for a refused permission, and allowed only for a successful dry run", () => {
    expect(permissionOf(awsError("UnauthorizedOperation"))).to.equal("denied");
    expect(permissionOf(awsError("DryRunOperation"))).to.equal("allowed");
  });

  for (const code of [
    "VPCIdNotSpecified",
    "MissingInput",
    "InvalidInstanceID.NotFound",
    "InvalidAMIID.NotFound",
    "Unsupported",
    "VcpuLimitExceeded",
    "InstanceLimitExceeded",
    "OptInRequired",
    "PendingVerification",
    "RequestLimitExceeded",
    "InternalError",
    "SomethingNew",
  ]) {
    it(`is unknown when it is ${code}, which is about the request`, () => {
      expect(permissionOf(awsError(code))).to.equal("unknown");
    });
  }

  it("throws when AWS refuses the credentials", () => {
    for (const code of ["RequestExpired", "AuthFailure"]) {
      expect(() => permissionOf(awsError(code)), code).to.throw(code);
    }
  });
});
