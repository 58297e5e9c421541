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

/** A group's rules, as `port peer`. */
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
  it("requests a public and a private subnet in each of two zones from awsx, sized by the VPC", async () => {
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

  it("uses the zones of the settings", async () => {
    const network = await run({ availabilityZones: ["us-east-1b", "us-east-1d"] });
    const { inputs } = only(network, "awsx:ec2:Vpc");
    expect(inputs["availabilityZoneNames"]).to.deep.equal(["us-east-1b", "us-east-1d"]);
    expect(inputs).not.to.have.property("numberOfAvailabilityZones");
  });

  it("disables public addresses in all subnets, although awsx's public ones assign them", async () => {
    const subnets = all(await run(), "aws:ec2/subnet:Subnet");
    expect(subnets).to.have.length(4);
    for (const { inputs } of subnets) expect(inputs["mapPublicIpOnLaunch"]).to.equal(false);
  });

  for (const [natGateways, strategy] of [
    ["none", "None"],
    ["single", "Single"],
    ["perAz", "OnePerAz"],
  ] as const) {
    it(`creates the NAT gateways of the setting: ${natGateways}`, async () => {
      const { inputs } = only(await run({ natGateways }), "awsx:ec2:Vpc");
      expect(inputs["natGateways"]).to.deep.equal({ strategy });
    });
  }

  it("has the outputs that the program needs", async () => {
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

  it("tags every resource that accepts tags, each with its name", async () => {
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

  it("lists every wrong argument at once, and registers no resource", async () => {
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
  it("allow visitors to reach only the load balancer, and only the load balancer to reach the servers", async () => {
    const network = await run();
    expect(rulesOf(network, "ingress", "site-load-balancer-id")).to.have.members(["80 0.0.0.0/0"]);
    expect(rulesOf(network, "egress", "site-load-balancer-id")).to.have.members(["80 site-servers-id"]);
    expect(rulesOf(network, "ingress", "site-servers-id")).to.have.members(["80 site-load-balancer-id"]);
  });

  it("open port 443 on the load balancer for HTTPS, and keep port 80 for the redirect", async () => {
    const network = await run({ https: true });
    expect(rulesOf(network, "ingress", "site-load-balancer-id")).to.have.members([
      "80 0.0.0.0/0",
      "443 0.0.0.0/0",
    ]);
  });

  it("allow only servers to reach the database, and no egress from it", async () => {
    const network = await run();
    expect(rulesOf(network, "ingress", "site-database-id")).to.have.members(["3306 site-servers-id"]);
    expect(rulesOf(network, "egress", "site-database-id")).to.deep.equal([]);
  });

  it("allow only servers to reach shared uploads, and no egress from them", async () => {
    const network = await run({ sharedUploads: true });
    expect(rulesOf(network, "ingress", "site-uploads-id")).to.have.members(["2049 site-servers-id"]);
    expect(rulesOf(network, "egress", "site-uploads-id")).to.deep.equal([]);
    expect(rulesOf(network, "egress", "site-servers-id")).to.include("2049 site-uploads-id");
    expect(network.outputs.uploadsSecurityGroupId).to.equal("site-uploads-id");
  });

  it("allow the image builder to reach package mirrors, and no ingress to it", async () => {
    const network = await run({ imageBuilder: true });
    expect(rulesOf(network, "egress", "site-builder-id")).to.have.members(["80 0.0.0.0/0", "443 0.0.0.0/0"]);
    expect(rulesOf(network, "ingress", "site-builder-id")).to.deep.equal([]);
    expect(network.outputs.builderPlace).to.deep.equal({
      subnetId: "site-vpc-public-1-id",
      securityGroupId: "site-builder-id",
      publicAddress: true,
    });
  });

  it("give the builder no public address when there is a NAT gateway", async () => {
    expect((await run({ imageBuilder: true, natGateways: "single" })).outputs.builderPlace).to.include({
      subnetId: "site-vpc-private-1-id",
      publicAddress: false,
    });
  });

  it("allow servers to reach only the database and the secrets endpoint without a NAT gateway", async () => {
    const network = await run({ natGateways: "none" });
    expect(rulesOf(network, "egress", "site-servers-id")).to.have.members([
      "3306 site-database-id",
      "443 site-secrets-endpoint-id",
    ]);
    expect(rulesOf(network, "ingress", "site-secrets-endpoint-id")).to.have.members(["443 site-servers-id"]);
  });

  it("allow servers to reach HTTP and HTTPS through a NAT gateway", async () => {
    const network = await run({ natGateways: "single" });
    expect(rulesOf(network, "egress", "site-servers-id")).to.have.members([
      "3306 site-database-id",
      "80 0.0.0.0/0",
      "443 0.0.0.0/0",
    ]);
  });

  it("allow SSH only from configured ranges and the Instance Connect Endpoint", async () => {
    const network = await run({ sshFrom: ["203.0.113.7/32"], instanceConnectEndpoint: true });
    expect(rulesOf(network, "ingress", "site-servers-id")).to.have.members([
      "80 site-load-balancer-id",
      "22 203.0.113.7/32",
      "22 site-connect-endpoint-id",
    ]);
    expect(rulesOf(network, "egress", "site-connect-endpoint-id")).to.have.members(["22 site-servers-id"]);
    expect(rulesOf(network, "ingress", "site-connect-endpoint-id")).to.deep.equal([]);
  });

  it("have no inline rules, so that AWS's default egress rule is removed", async () => {
    const network = await run({ instanceConnectEndpoint: true });
    const groups = all(network, "aws:ec2/securityGroup:SecurityGroup");
    expect(groups).to.have.length(5);
    for (const { inputs } of groups) {
      expect(inputs).not.to.have.any.keys("ingress", "egress");
      // AWS allows no other characters.
      expect(inputs["description"]).to.match(/^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]{1,255}$/);
    }
  });

  it("remove all rules from the default security group", async () => {
    const { inputs } = only(await run(), "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    expect(inputs["vpcId"]).to.equal("site-vpc-id");
    expect(inputs).not.to.have.any.keys("ingress", "egress");
  });
});

describe("Network's endpoints", () => {
  const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

  it("include Secrets Manager in each zone without a NAT gateway", async () => {
    expect(only(await run(), endpoint, "site-secrets").inputs).to.deep.include({
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.us-east-1.secretsmanager",
      privateDnsEnabled: true,
      subnetIds: ["site-vpc-private-1-id", "site-vpc-private-2-id"],
      securityGroupIds: ["site-secrets-endpoint-id"],
    });
  });

  it("include SES's API in each zone for mail without a NAT gateway", async () => {
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

  it("allow only this account's principals to read and write this account's secrets, and nothing else", async () => {
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

  it("allow the calls that the servers' programs make to Secrets Manager", async () => {
    const program = readFileSync(`${serverFiles}/programs/secrets-manager.php`, "utf8");
    const asked = [...program.matchAll(/ask_secrets_manager\("[^;]*?, '(\w+)'/gs)].map(
      ([, action]) => action,
    );
    expect(asked).to.have.members(["GetSecretValue", "PutSecretValue"]);
    const { inputs } = only(await run(), endpoint, "site-secrets");
    for (const action of asked) expect(inputs["policy"]).to.include(`"secretsmanager:${String(action)}"`);
  });

  it("are in one zone with interfaceEndpoints oneZone", async () => {
    const { inputs } = only(await run({ interfaceEndpoints: "oneZone" }), endpoint, "site-secrets");
    expect(inputs["subnetIds"]).to.deep.equal(["site-vpc-private-1-id"]);
  });

  it("are absent with a NAT gateway", async () => {
    expect(all(await run({ natGateways: "single" }), endpoint)).to.deep.equal([]);
  });

  it("include Secrets Manager for servers in public subnets, which have no route to a NAT gateway", async () => {
    const network = await run({ natGateways: "single", serverSubnets: "public" });
    expect(all(network, endpoint).map(({ name }) => name)).to.have.members(["site-secrets"]);
    expect(rulesOf(network, "egress", "site-servers-id")).not.to.include("443 0.0.0.0/0");
  });

  it("include EC2 Instance Connect with the setting, in a private subnet", async () => {
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
  it("cover the public and the private subnets with numbered allow rules", async () => {
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
