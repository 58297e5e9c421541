import { expect } from "chai";

import { parseCidrBlock, parseVpcCidrBlock } from "../../../components/network/cidr";
import { type End, type FlowPlan, planFlows, serversUseNat } from "../../../components/network/flows";
import { type AclRule, planNetworkAclRules } from "../../../components/network/networkAclRules";

const least: FlowPlan = {
  https: false,
  nat: false,
  serverSubnets: "private",
  sshFrom: [],
  instanceConnectEndpoint: false,
  sharedUploads: false,
  imageBuilder: false,
  mail: false,
};

const nameOf = (end: End) => ("party" in end ? end.party : end.cidrBlock);
const shown = (plan: FlowPlan) =>
  planFlows(plan).map(({ name, from, to, port }) => `${name}: ${nameOf(from)} -> ${nameOf(to)}:${port}`);

describe("the flows of a site", () => {
  const always = [
    "visitors-http: 0.0.0.0/0 -> loadBalancer:80",
    "load-balancer-to-servers: loadBalancer -> servers:80",
    "servers-to-database: servers -> database:3306",
  ];
  const withoutNat = ["servers-to-secrets: servers -> secretsEndpoint:443"];

  it("are the minimum with the default settings", () => {
    expect(shown(least)).to.deep.equal([...always, ...withoutNat]);
  });

  for (const [what, plan, added] of [
    ["HTTPS", { https: true }, ["visitors-https: 0.0.0.0/0 -> loadBalancer:443"]],
    ["mail", { mail: true }, ["servers-to-mail: servers -> mailEndpoint:443"]],
    ["shared uploads", { sharedUploads: true }, ["servers-to-uploads: servers -> uploads:2049"]],
    [
      "an image of its own",
      { imageBuilder: true },
      [
        "builder-to-mirrors: imageBuilder -> 0.0.0.0/0:80",
        "builder-to-internet: imageBuilder -> 0.0.0.0/0:443",
      ],
    ],
    [
      "a connect endpoint",
      { instanceConnectEndpoint: true },
      ["connect-endpoint-to-servers: connectEndpoint -> servers:22"],
    ],
    [
      "SSH from some places",
      { sshFrom: ["203.0.113.7/32", "192.0.2.0/24"] },
      [
        "ssh-from-203-0-113-7-32: 203.0.113.7/32 -> servers:22",
        "ssh-from-192-0-2-0-24: 192.0.2.0/24 -> servers:22",
      ],
    ],
  ] as const) {
    it(`include more with ${what}`, () => {
      expect(shown({ ...least, ...plan })).to.have.members([...always, ...withoutNat, ...added]);
    });
  }

  it("use a NAT gateway only from private servers", () => {
    const throughNat = [
      "servers-to-mirrors: servers -> 0.0.0.0/0:80",
      "servers-to-internet: servers -> 0.0.0.0/0:443",
    ];
    expect(shown({ ...least, nat: true })).to.have.members([...always, ...throughNat]);
    expect(shown({ ...least, nat: true, serverSubnets: "public" })).to.have.members([
      ...always,
      ...withoutNat,
    ]);
    expect(serversUseNat(least)).to.equal(false);
  });
});

describe("a subnet's network ACL rules", () => {
  const vpc = "10.20.0.0/16";
  const numbers = (plan: Partial<FlowPlan>) => {
    const { public: outer, private: inner } = planNetworkAclRules({ ...least, vpcCidrBlock: vpc, ...plan });
    const of = (rules: readonly AclRule[]) => rules.map(({ ruleNo }) => ruleNo);
    return [outer.ingress, outer.egress, inner.ingress, inner.egress].map(of);
  };

  it("allow only the site's flows", () => {
    expect(numbers({})).to.deep.equal([
      [100, 200, 400],
      [100, 200, 400],
      [100, 110, 120, 210, 400],
      [110, 120, 200, 400],
    ]);
  });

  it("allow more for optional parts, only in their subnets", () => {
    const everything = {
      ...{ https: true, nat: true, instanceConnectEndpoint: true, sharedUploads: true, imageBuilder: true },
      sshFrom: ["203.0.113.7/32", "192.0.2.0/24"],
    };
    expect(numbers(everything)).to.deep.equal([
      [100, 110, 200, 400],
      [100, 110, 200, 400],
      [100, 120, 130, 140, 200, 210, 300, 301, 400],
      [100, 110, 120, 130, 140, 200, 300, 301, 400],
    ]);
    expect(numbers({ ...everything, serverSubnets: "public" })).to.deep.equal([
      [100, 110, 130, 200, 300, 301, 400],
      [100, 110, 120, 140, 200, 400],
      [110, 120, 140, 200, 210, 400],
      [100, 110, 130, 200, 400],
    ]);
    expect(numbers({ nat: true })[0]).to.deep.equal([100, 120, 200, 400]);
    expect(numbers({ imageBuilder: true }).slice(0, 2)).to.deep.equal([
      [100, 200, 210, 400],
      [100, 110, 200, 400],
    ]);
    expect(numbers({ serverSubnets: "public" }).slice(0, 2)).to.deep.equal([
      [100, 200, 400],
      [100, 110, 120, 200, 400],
    ]);
  });
});

describe("a CIDR block", () => {
  it("is parsed completely, and must be on its own boundary", () => {
    expect(parseCidrBlock("1.2.3.0/24")).to.deep.equal({ firstAddress: 16_909_056, prefixLength: 24 });
    expect(parseCidrBlock("255.255.255.255/32")?.firstAddress).to.equal(2 ** 32 - 1);
    expect(parseCidrBlock("0.0.0.0/0")).to.deep.equal({ firstAddress: 0, prefixLength: 0 });
    for (const wrong of [
      "x1.2.3.0/24",
      "1.2.3.0/240",
      "1.2.3.0/24 ",
      "256.0.0.0/8",
      "1.0.0.0/33",
      "1.2.3.4/24",
    ]) {
      expect(parseCidrBlock(wrong), wrong).to.equal(undefined);
    }
  });

  it("is valid for a VPC from /16 to /24", () => {
    const taken = ["/15", "/16", "/24", "/25"].map((length) => parseVpcCidrBlock(`10.0.0.0${length}`));
    expect(taken.map((each) => each?.prefixLength)).to.deep.equal([undefined, 16, 24, undefined]);
  });
});
