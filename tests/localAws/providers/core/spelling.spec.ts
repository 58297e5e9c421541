import { expect } from "chai";

import { check } from "../../../../localAws/providers/aws/core/check";
import { diff } from "../../../../localAws/providers/aws/core/diff";
import { create, previewCreate, read } from "../../../../localAws/providers/aws/core/lifecycle";
import type { AnyResourceType, Properties } from "../../../../localAws/providers/aws/resourceType";
import {
  flagSpelling,
  lowerCase,
  protocolName,
  protocolNumber,
  upperCase,
} from "../../../../localAws/providers/aws/spellings";
import { noAws, rememberingType } from "./fakeType";

const rules = {
  protocol: { spelling: upperCase },
  rules: { set: true, nested: { action: { spelling: lowerCase }, port: {} } },
  policy: { json: "policy" },
} as const;
const differences = (type: AnyResourceType, old: Properties, inputs: Properties) => [
  ...diff(type, { name: "thing", old, new: inputs, ignoreChanges: [] }).differences.keys(),
];

describe("another spelling of a value", () => {
  const given = { protocol: "http", rules: [{ action: "ALLOW", port: 1 }] };
  const theirs = { protocol: "HTTP", rules: [{ action: "allow", port: 1 }] };

  it("is sent in the provider's spelling, stays in the inputs, and is no difference", async () => {
    const { type, there } = rememberingType(rules);
    const { inputs } = check(type, { name: "thing", inputs: given, old: {}, randomSeed: new Uint8Array() });
    expect(inputs).to.deep.equal(given);
    const { id, state } = await create(type, noAws, inputs);
    expect(there.properties).to.deep.equal(theirs);
    expect(state).to.deep.include({ protocol: "HTTP" });
    expect(previewCreate(type, inputs)).to.deep.include(theirs);
    expect(differences(type, state, inputs)).to.deep.equal([]);
    expect((await read(type, noAws, id, { inputs, state }))?.inputs).to.deep.equal(given);
    expect(differences(type, state, { ...given, protocol: "https" })).to.deep.equal(["protocol"]);
  });

  it("is checked in the provider's spelling", () => {
    const seen: Properties[] = [];
    const { type } = rememberingType(rules, {
      check: (inputs) => {
        seen.push(inputs);
        return [];
      },
    });
    check(type, { name: "thing", inputs: given, old: {}, randomSeed: new Uint8Array() });
    expect(seen).to.deep.equal([theirs]);
  });

  for (const [spelling, spellings] of [
    [
      protocolName,
      { TCP: "tcp", "6": "tcp", "17": "udp", "58": "icmpv6", all: "-1", "-1": "-1", "50": "50" },
    ],
    [protocolNumber, { TCP: "6", udp: "17", all: "-1", "-1": "-1", "50": "50" }],
    [flagSpelling, { "1": "true", True: "true", F: "false", "0": "false", yes: "yes" }],
  ] as const) {
    it(`follows the official provider: ${spelling.name}`, () => {
      for (const [written, expected] of Object.entries(spellings)) {
        expect(spelling(written), written).to.equal(expected);
      }
    });
  }
});

describe("the comparison of policies", () => {
  const { type } = rememberingType(rules);
  const policy = (...statements: readonly object[]) =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const allow = {
    Effect: "Allow",
    Principal: { AWS: "123456789012" },
    Action: ["s3:GetObject", "s3:ListBucket"],
    Resource: "*",
    Condition: { Bool: { "aws:SecureTransport": true } },
  };
  const deny = { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: ["a", "b"] };
  const isSame = (one: string, other: string) =>
    differences(type, { policy: one }, { policy: other }).length === 0;

  it("ignores order, single-value lists and the spelling of accounts", () => {
    const other = policy(
      { ...deny, Principal: { AWS: "*" }, Action: ["s3:DeleteObject"], Resource: ["b", "a"] },
      {
        ...allow,
        Principal: { AWS: ["arn:aws:iam::123456789012:root"] },
        Action: ["s3:ListBucket", "s3:GetObject"],
        Resource: ["*"],
        Condition: { Bool: { "aws:SecureTransport": ["true"] } },
      },
    );
    expect(isSame(policy(allow, deny), other)).to.equal(true);
    expect(isSame(policy(allow), JSON.stringify({ Version: "2012-10-17", Statement: allow }))).to.equal(true);
  });

  it("detects other actions, principals and conditions", () => {
    for (const other of [
      { ...allow, Action: ["s3:GetObject"] },
      { ...allow, Effect: "Deny" },
      { ...allow, Resource: "arn:aws:s3:::x" },
      { ...allow, Principal: { AWS: "210987654321" } },
      { ...allow, Condition: { Bool: { "aws:SecureTransport": false } } },
    ]) {
      expect(isSame(policy(allow), policy(other)), JSON.stringify(other)).to.equal(false);
    }
  });
});
