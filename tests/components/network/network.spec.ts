import { expect } from "chai";
import { readFileSync } from "node:fs";

import { Network, type NetworkArgs } from "../../../components/network/network";
import { all, type MockedRun, only, runUnderMocks } from "../../support/mocks";
import { problemsOf } from "../../support/problems";
import { untagged } from "../../support/tags";

const run = (args?: NetworkArgs) =>
  runUnderMocks(() => {
    const { vpcId, publicSubnetIds, privateSubnetIds, ...network } = new Network("site", args);
    const { loadBalancerSecurityGroupId, instanceSecurityGroupId, databaseSecurityGroupId } = network;
    const { uploadsSecurityGroupId, builderPlace } = network;
    return {
      vpcId,
      publicSubnetIds,
      privateSubnetIds,
      loadBalancerSecurityGroupId,
      instanceSecurityGroupId,
      databaseSecurityGroupId,
      uploadsSecurityGroupId,
      builderPlace,
    };
  });

const serverFiles = `${__dirname}/../../../components/wordpressFleet/server`;

const ruleTypes = {
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
};

/** A group's rules as `port peer`. */
function rulesOf(network: MockedRun<unknown>, direction: "ingress" | "egress", groupId: string) {
  return all(network, ruleTypes[direction])
    .filter(({ inputs }) => inputs["securityGroupId"] === groupId)
    .map(({ inputs }) => {
      const peer = inputs["referencedSecurityGroupId"] ?? inputs["cidrIpv4"];
      expect(inputs["fromPort"]).to.equal(inputs["toPort"]);
      return `${String(inputs["fromPort"])} ${String(peer)}`;
    });
}

describe("Network", () => {
  it("asks awsx for a public and a private subnet in each of two zones, sized from the VPC", async () => {
    const { inputs } = only(await run({ cidrBlock: "10.9.0.0/20" }), "awsx:ec2:Vpc");
    expect(inputs).to.deep.include({
      cidrBlock: "10.9.0.0/20",
      numberOfAvailabilityZones: 2,
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Private", cidrMask: 22 },
        { type: "Public", cidrMask: 23 },
      ],
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    expect(inputs).not.to.have.property("availabilityZoneNames");
  });

  it("asks for named zones instead when they are given", async () => {
    const network = await run({ availabilityZones: ["us-east-1b", "us-east-1d"] });
    const { inputs } = only(network, "awsx:ec2:Vpc");
    expect(inputs["availabilityZoneNames"]).to.deep.equal(["us-east-1b", "us-east-1d"]);
    expect(inputs).not.to.have.property("numberOfAvailabilityZones");
  });

  it("lets no subnet hand out public addresses, though awsx's public ones do", async () => {
    const subnets = all(await run(), "aws:ec2/subnet:Subnet");
    expect(subnets).to.have.length(4);
    for (const { inputs } of subnets) expect(inputs["mapPublicIpOnLaunch"]).to.equal(false);
  });

  for (const [natGateways, strategy] of [
    ["none", "None"],
    ["single", "Single"],
    ["perAz", "OnePerAz"],
  ] as const) {
    it(`makes NAT gateways as asked: ${natGateways}`, async () => {
      const { inputs } = only(await run({ natGateways }), "awsx:ec2:Vpc");
      expect(inputs["natGateways"]).to.deep.equal({ strategy });
    });
  }

  it("gives what the rest of the program needs", async () => {
    expect((await run()).outputs).to.deep.equal({
      vpcId: "site-vpc-id",
      publicSubnetIds: ["site-vpc-public-1-id", "site-vpc-public-2-id"],
      privateSubnetIds: ["site-vpc-private-1-id", "site-vpc-private-2-id"],
      loadBalancerSecurityGroupId: "site-load-balancer-id",
      instanceSecurityGroupId: "site-servers-id",
      databaseSecurityGroupId: "site-database-id",
      uploadsSecurityGroupId: undefined,
      builderPlace: undefined,
    });
  });

  it("tags everything that can have tags, each with its name", async () => {
    const network = await run({
      tags: { Stack: "test" },
      natGateways: "none",
      sshFrom: ["203.0.113.7/32"],
      instanceConnectEndpoint: true,
      sharedUploads: true,
      imageBuilder: true,
    });
    expect(untagged(network, { Stack: "test" })).to.deep.equal([]);
    expect(only(network, "awsx:ec2:Vpc").inputs["tags"]).to.deep.equal({ Stack: "test" });
  });

  it("lists every wrong argument at once, and registers nothing", async () => {
    const program = () =>
      new Network("Site", { cidrBlock: "10.0.0.1/16", sshFrom: ["0.0.0.0/0"], tags: { "aws:x": "y" } });
    expect(await problemsOf(program)).to.have.members([
      'name: "Site"',
      'cidrBlock: "10.0.0.1/16"',
      'sshFrom.0: "0.0.0.0/0"',
      'tags.aws:x: "y"',
    ]);
  });
});

describe("Network's security groups", () => {
  it("let visitors reach only the load balancer, and only it the servers", async () => {
    const network = await run();
    expect(rulesOf(network, "ingress", "site-load-balancer-id")).to.have.members(["80 0.0.0.0/0"]);
    expect(rulesOf(network, "egress", "site-load-balancer-id")).to.have.members(["80 site-servers-id"]);
    expect(rulesOf(network, "ingress", "site-servers-id")).to.have.members(["80 site-load-balancer-id"]);
  });

  it("open 443 on the load balancer for HTTPS, and keep 80 for the redirect", async () => {
    const network = await run({ https: true });
    expect(rulesOf(network, "ingress", "site-load-balancer-id")).to.have.members([
      "80 0.0.0.0/0",
      "443 0.0.0.0/0",
    ]);
  });

  it("let only servers reach the database, and the database nobody", async () => {
    const network = await run();
    expect(rulesOf(network, "ingress", "site-database-id")).to.have.members(["3306 site-servers-id"]);
    expect(rulesOf(network, "egress", "site-database-id")).to.deep.equal([]);
  });

  it("let only servers reach shared uploads, and those nobody", async () => {
    const network = await run({ sharedUploads: true });
    expect(rulesOf(network, "ingress", "site-uploads-id")).to.have.members(["2049 site-servers-id"]);
    expect(rulesOf(network, "egress", "site-uploads-id")).to.deep.equal([]);
    expect(rulesOf(network, "egress", "site-servers-id")).to.include("2049 site-uploads-id");
    expect(network.outputs.uploadsSecurityGroupId).to.equal("site-uploads-id");
  });

  it("let the builder of images out to packages, and nobody speak to it", async () => {
    const network = await run({ imageBuilder: true });
    expect(rulesOf(network, "egress", "site-builder-id")).to.have.members(["80 0.0.0.0/0", "443 0.0.0.0/0"]);
    expect(rulesOf(network, "ingress", "site-builder-id")).to.deep.equal([]);
    expect(network.outputs.builderPlace).to.deep.equal({
      subnetId: "site-vpc-public-1-id",
      securityGroupId: "site-builder-id",
      publicAddress: true,
    });
  });

  it("give the builder no public address where a NAT gateway leads out", async () => {
    expect((await run({ imageBuilder: true, natGateways: "single" })).outputs.builderPlace).to.include({
      subnetId: "site-vpc-private-1-id",
      publicAddress: false,
    });
  });

  it("let servers out to the database and the secrets' endpoint when there is no NAT gateway", async () => {
    const network = await run({ natGateways: "none" });
    expect(rulesOf(network, "egress", "site-servers-id")).to.have.members([
      "3306 site-database-id",
      "443 site-secrets-endpoint-id",
    ]);
    expect(rulesOf(network, "ingress", "site-secrets-endpoint-id")).to.have.members(["443 site-servers-id"]);
  });

  it("let servers out to the web through a NAT gateway", async () => {
    const network = await run({ natGateways: "single" });
    expect(rulesOf(network, "egress", "site-servers-id")).to.have.members([
      "3306 site-database-id",
      "80 0.0.0.0/0",
      "443 0.0.0.0/0",
    ]);
  });

  it("let SSH in from configured addresses and from the connect endpoint alone", async () => {
    const network = await run({ sshFrom: ["203.0.113.7/32"], instanceConnectEndpoint: true });
    expect(rulesOf(network, "ingress", "site-servers-id")).to.have.members([
      "80 site-load-balancer-id",
      "22 203.0.113.7/32",
      "22 site-connect-endpoint-id",
    ]);
    expect(rulesOf(network, "egress", "site-connect-endpoint-id")).to.have.members(["22 site-servers-id"]);
    expect(rulesOf(network, "ingress", "site-connect-endpoint-id")).to.deep.equal([]);
  });

  it("hold no rule in themselves, so that AWS's own, everything out, goes", async () => {
    const network = await run({ instanceConnectEndpoint: true });
    const groups = all(network, "aws:ec2/securityGroup:SecurityGroup");
    expect(groups).to.have.length(5);
    for (const { inputs } of groups) {
      expect(inputs).not.to.have.any.keys("ingress", "egress");
      // AWS takes no other letters.
      expect(inputs["description"]).to.match(/^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]{1,255}$/);
    }
  });

  it("leave nothing open in the group that AWS gives to whatever names none", async () => {
    const { inputs } = only(await run(), "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    expect(inputs["vpcId"]).to.equal("site-vpc-id");
    expect(inputs).not.to.have.any.keys("ingress", "egress");
  });
});

describe("Network's endpoints", () => {
  const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

  it("put Secrets Manager's in each zone where there is no NAT gateway", async () => {
    expect(only(await run(), endpoint, "site-secrets").inputs).to.deep.include({
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.us-east-1.secretsmanager",
      privateDnsEnabled: true,
      subnetIds: ["site-vpc-private-1-id", "site-vpc-private-2-id"],
      securityGroupIds: ["site-secrets-endpoint-id"],
    });
  });

  it("put SES's API in each zone, for servers that send mail without a NAT gateway", async () => {
    expect(all(await run(), endpoint).map(({ name }) => name)).not.to.include("site-mail");
    const { inputs } = only(await run({ mail: true }), endpoint, "site-mail");
    expect(inputs).to.deep.include({
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.us-east-1.email",
      privateDnsEnabled: true,
      subnetIds: ["site-vpc-private-1-id", "site-vpc-private-2-id"],
      securityGroupIds: ["site-mail-endpoint-id"],
    });
    expect(inputs).not.to.have.property("policy");
    expect(all(await run({ mail: true, natGateways: "single" }), endpoint)).to.deep.equal([]);
  });

  it("let only this account's servers read and write this account's secrets, and do nothing else", async () => {
    const { inputs } = only(await run(), endpoint, "site-secrets");
    expect(JSON.parse(String(inputs["policy"]))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
          Resource: "arn:aws:secretsmanager:us-east-1:123456789012:secret:*",
          Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
        },
      ],
    });
  });

  it("allow what the servers' own programs ask of Secrets Manager", async () => {
    const program = readFileSync(`${serverFiles}/programs/secrets-manager.php`, "utf8");
    const asked = [...program.matchAll(/ask_secrets_manager\("[^;]*?, '(\w+)'/gs)].map(
      ([, action]) => action,
    );
    expect(asked).to.have.members(["GetSecretValue", "PutSecretValue"]);
    const { inputs } = only(await run(), endpoint, "site-secrets");
    for (const action of asked) expect(inputs["policy"]).to.include(`"secretsmanager:${String(action)}"`);
  });

  it("put it in one zone when asked to save", async () => {
    const { inputs } = only(await run({ interfaceEndpoints: "oneZone" }), endpoint, "site-secrets");
    expect(inputs["subnetIds"]).to.deep.equal(["site-vpc-private-1-id"]);
  });

  it("need none where a NAT gateway leads out", async () => {
    expect(all(await run({ natGateways: "single" }), endpoint)).to.deep.equal([]);
  });

  it("keep it for servers in public subnets, which a NAT gateway does not serve", async () => {
    const network = await run({ natGateways: "single", serverSubnets: "public" });
    expect(all(network, endpoint).map(({ name }) => name)).to.have.members(["site-secrets"]);
    expect(rulesOf(network, "egress", "site-servers-id")).not.to.include("443 0.0.0.0/0");
  });

  it("make one for EC2 Instance Connect when asked, in a private subnet", async () => {
    const connect = "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint";
    expect(all(await run(), connect)).to.have.length(0);
    expect(only(await run({ instanceConnectEndpoint: true }), connect).inputs).to.deep.include({
      subnetId: "site-vpc-private-1-id",
      securityGroupIds: ["site-connect-endpoint-id"],
      preserveClientIp: false,
    });
  });
});

describe("Network's access control lists", () => {
  it("hold the public and the private subnets, with every rule numbered and allowing", async () => {
    const network = await run();
    for (const [name, subnetIds] of [
      ["site-public", ["site-vpc-public-1-id", "site-vpc-public-2-id"]],
      ["site-private", ["site-vpc-private-1-id", "site-vpc-private-2-id"]],
    ] as const) {
      const { inputs } = only(network, "aws:ec2/networkAcl:NetworkAcl", name);
      expect(inputs["subnetIds"]).to.deep.equal(subnetIds);
      for (const rules of [inputs["ingress"], inputs["egress"]]) {
        expect(rules).to.be.an("array").that.is.not.empty;
        expect(rules).to.satisfy((each: readonly Record<string, unknown>[]) =>
          each.every(({ action, ruleNo }) => action === "allow" && typeof ruleNo === "number"),
        );
      }
    }
  });
});
