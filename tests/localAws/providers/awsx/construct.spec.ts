import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { expect } from "chai";

import type { Properties } from "../../../../localAws/providers/aws/resourceType";
import { reading } from "../../../../localAws/providers/aws/values";
import { constructVpc } from "../../../../localAws/providers/awsx/construct";
import type { Monitor } from "../../../../localAws/providers/protocol/monitor";
import { resourceReference, secret, unknown } from "../../../../localAws/providers/protocol/special";
import { fromStruct, toStruct } from "../../../../localAws/providers/protocol/struct";
import recorded from "../../../support/awsx-vpc-graphs.json";

const componentType = "awsx:ec2:Vpc";
const base = {
  cidrBlock: "10.20.0.0/16",
  enableDnsHostnames: true,
  numberOfAvailabilityZones: 2,
  subnetStrategy: "Auto",
  tags: { Project: "p" },
};

/** An engine with the recording's responses. It refuses other requests. */
function recordingMonitor(preview = false, vpcState: Properties = {}) {
  const requests: RegisterResourceRequest[] = [];
  const outputs: Properties[] = [];
  const monitor: Monitor = {
    register: (request) => {
      requests.push(request);
      const name = request.getName();
      const id = preview ? unknown : `${name}-id`;
      const state = request.getType() === "aws:ec2/vpc:Vpc" ? vpcState : {};
      return Promise.resolve({ urn: `${request.getType()}::${name}`, id, state });
    },
    registerOutputs: (urn, state) => {
      expect(urn).to.equal(`${componentType}::net`);
      outputs.push(state);
      return Promise.resolve();
    },
    invoke: (token) =>
      token === "aws:index/getAvailabilityZones:getAvailabilityZones"
        ? Promise.resolve({ names: ["us-east-1a", "us-east-1b", "us-east-1c"] })
        : Promise.reject(new Error(`unexpected ${token}`)),
    close: () => undefined,
  };
  return { monitor, requests, outputs };
}

function request(args: Properties): ConstructRequest {
  return new ConstructRequest()
    .setType(componentType)
    .setName("net")
    .setInputs(toStruct({ ...base, ...args }));
}

function byNameAndType(one: { type: string; name: string }, other: { type: string; name: string }): number {
  return `${one.type} ${one.name}`.localeCompare(`${other.type} ${other.name}`);
}

describe("awsx.ec2.Vpc on this machine", () => {
  for (const [name, { args, resources, outputs }] of Object.entries(recorded.cases)) {
    it(`registers the resources of the official provider: ${name}`, async () => {
      const { monitor, requests } = recordingMonitor();
      const response = await constructVpc(request(args), monitor, "7.48.0");
      const children = requests.filter((one) => one.getType() !== componentType);
      const graph = children.map((one) => {
        const inputs = { ...fromStruct(one.getObject()) };
        // The recording's engine had no outputs but ids, and so omitted this one.
        if (inputs["allocationId"] === unknown) Reflect.deleteProperty(inputs, "allocationId");
        return {
          type: one.getType(),
          name: one.getName(),
          parent: one.getParent().split("::")[1],
          inputs,
        };
      });
      expect(graph.sort(byNameAndType)).to.deep.equal([...resources].sort(byNameAndType));

      const state = fromStruct(response.getState());
      expect(state["vpcId"]).to.equal(outputs.vpcId);
      for (const list of ["publicSubnetIds", "privateSubnetIds", "isolatedSubnetIds"] as const) {
        expect(state[list]).to.deep.equal(outputs[list]);
      }
      expect(state["natGateways"]).to.have.length(outputs.natIds);
      expect(state["eips"]).to.have.length(outputs.eips);
    });
  }

  it("gives each resource its parent and its dependencies", async () => {
    const { monitor, requests } = recordingMonitor();
    await constructVpc(request({ natGateways: { strategy: "Single" } }), monitor, "7.48.0");
    const of = (type: string, name: string) =>
      requests.find((one) => one.getType() === type && one.getName() === name);
    expect(of(componentType, "net")?.getCustom()).to.equal(false);
    expect(of("aws:ec2/vpc:Vpc", "net")?.getParent()).to.equal(`${componentType}::net`);
    expect(of("aws:ec2/routeTable:RouteTable", "net-public-1")?.getParent()).to.equal(
      "aws:ec2/subnet:Subnet::net-public-1",
    );
    const route = of("aws:ec2/route:Route", "net-private-2");
    expect(route?.getParent()).to.equal("aws:ec2/routeTable:RouteTable::net-private-2");
    expect(route?.getDependenciesList()).to.include("aws:ec2/natGateway:NatGateway::net-1");
    expect(route?.getPropertydependenciesMap().get("natGatewayId")?.getUrnsList()).to.deep.equal([
      "aws:ec2/natGateway:NatGateway::net-1",
    ]);
    expect(route?.getVersion()).to.equal("7.48.0");
  });

  it("makes every child depend on its parent and on the dependencies of the program's inputs", async () => {
    const { monitor, requests } = recordingMonitor();
    const asked = request({});
    const dependencies = new ConstructRequest.PropertyDependencies();
    asked.getInputdependenciesMap().set("tags", dependencies.setUrnsList(["urn:owner"]));
    await constructVpc(asked, monitor, "7.48.0");
    for (const child of requests.slice(1)) expect(child.getDependenciesList()).to.include("urn:owner");
    const subnet = requests.find((one) => one.getName() === "net-public-1");
    const table = requests.find((one) => one.getType() === "aws:ec2/routeTable:RouteTable");
    expect(subnet?.getDependenciesList()).to.deep.equal(["urn:owner", "aws:ec2/vpc:Vpc::net"]);
    expect(table?.getDependenciesList()).to.include(table?.getParent());
  });

  it("has its children as outputs, under the SDK's names", async () => {
    const { monitor, outputs } = recordingMonitor();
    const response = await constructVpc(request({}), monitor, "7.48.0");
    const state = fromStruct(response.getState());
    expect(outputs).to.deep.equal([state]);
    expect(state["vpc"]).to.deep.equal(resourceReference("aws:ec2/vpc:Vpc::net", "net-id"));
    expect(state["routeTables"]).to.have.length(4);
    expect(state["internetGateway"]).to.deep.equal(
      resourceReference("aws:ec2/internetGateway:InternetGateway::net", "net-id"),
    );
  });

  // Measured with the engine: a component that creates its outputs from one pulumi.output(…), as the official one does.
  it("makes every output depend on every subnet and on the VPC, not on single subnets", async () => {
    const { monitor } = recordingMonitor();
    const response = await constructVpc(request({ natGateways: { strategy: "Single" } }), monitor, "7.48.0");
    const dependencies = response.getStatedependenciesMap();
    const of = (output: string) => dependencies.get(output)?.getUrnsList();
    const everySubnet = ["public-1", "private-1", "public-2", "private-2"].map(
      (name) => `aws:ec2/subnet:Subnet::net-${name}`,
    );
    const shared = [...everySubnet, "aws:ec2/vpc:Vpc::net"];
    for (const name of [
      "vpcId",
      "publicSubnetIds",
      "privateSubnetIds",
      "isolatedSubnetIds",
      "subnetLayout",
    ]) {
      expect(of(name), name).to.have.members(shared);
    }
    expect(of("natGateways")).to.have.members([...shared, "aws:ec2/natGateway:NatGateway::net-1"]);
    for (const output of Object.keys(fromStruct(response.getState()))) {
      expect(of(output), output).to.include.members(shared);
    }
  });

  it("lists public subnets first, zone by zone, whatever the order of the specs", async () => {
    const { monitor, requests } = recordingMonitor();
    const specs = [{ type: "Isolated" }, { type: "Private" }, { type: "Public" }];
    const response = await constructVpc(
      request({ natGateways: { strategy: "Single" }, subnetSpecs: specs }),
      monitor,
      "7.48.0",
    );
    const state = reading<Properties>(fromStruct(response.getState()));
    const names = (output: string) =>
      state.objects(output)?.map((one) => reading<Properties>(one).requiredString("urn").split("::")[1]);
    const all = ["public-1", "private-1", "isolated-1", "public-2", "private-2", "isolated-2"];
    for (const output of ["subnets", "routeTables", "routeTableAssociations"]) {
      expect(names(output), output).to.deep.equal(all.map((name) => `net-${name}`));
    }
    expect(names("routes")).to.deep.equal(
      ["public-1", "private-1", "public-2", "private-2"].map((name) => `net-${name}`),
    );
    expect(requests).to.have.length.greaterThan(all.length);
  });

  it("does not know ids or their number in a first preview, except that an empty list is empty", async () => {
    const { monitor } = recordingMonitor(true);
    const response = await constructVpc(request({ natGateways: { strategy: "None" } }), monitor, "7.48.0");
    const state = fromStruct(response.getState());
    expect(state["privateSubnetIds"]).to.equal(unknown);
    expect(state["publicSubnetIds"]).to.equal(unknown);
    expect(state["isolatedSubnetIds"]).to.deep.equal([]);
    expect(state["subnets"]).to.have.length(4);
  });

  it("has the layout of a zone's subnets", async () => {
    const { monitor } = recordingMonitor();
    const given = await constructVpc(
      request({
        subnetSpecs: [
          { type: "Public", cidrMask: 24 },
          { type: "Private", name: "app" },
        ],
      }),
      monitor,
      "7.48.0",
    );
    expect(fromStruct(given.getState())["subnetLayout"]).to.deep.equal([
      { type: "Public", cidrMask: 24, size: 256 },
      { type: "Private", name: "app" },
    ]);
    const own = await constructVpc(request({}), monitor, "7.48.0");
    expect(fromStruct(own.getState())["subnetLayout"]).to.deep.equal([
      { type: "Private", cidrMask: 18 },
      { type: "Public", cidrMask: 19 },
    ]);
  });

  it("uses the program's addresses for NAT gateways", async () => {
    const { monitor, requests } = recordingMonitor();
    const strategy = "OnePerAz";
    const elasticIpAllocationIds = ["eipalloc-1", unknown];
    await constructVpc(request({ natGateways: { strategy, elasticIpAllocationIds } }), monitor, "7.48.0");
    const gateways = requests.filter((one) => one.getType() === "aws:ec2/natGateway:NatGateway");
    expect(gateways.map((one) => fromStruct(one.getObject())["allocationId"])).to.deep.equal(
      elasticIpAllocationIds,
    );
    expect(requests.filter((one) => one.getType() === "aws:ec2/eip:Eip")).to.deep.equal([]);
  });

  it("uses the program's names of endpoints and tags of subnets", async () => {
    const { monitor, requests } = recordingMonitor();
    const serviceName = "com.amazonaws.us-east-1.s3";
    await constructVpc(
      request({ subnetNameTagStrategy: "AvailabilityZone", vpcEndpointSpecs: [{ name: "s3", serviceName }] }),
      monitor,
      "7.48.0",
    );
    const endpoint = requests.find((one) => one.getType() === "aws:ec2/vpcEndpoint:VpcEndpoint");
    expect(endpoint?.getName()).to.equal("s3");
    expect(fromStruct(endpoint?.getObject())).not.to.have.property("name");
    const subnet = requests.find((one) => one.getName() === "net-public-2");
    expect(fromStruct(subnet?.getObject())["tags"]).to.deep.include({ Name: "net-public-1b" });
  });

  it("gives each subnet a part of the VPC's IPv6 range, unless its spec disables it", async () => {
    const specs = [{ type: "Public" }, { type: "Private", assignIpv6AddressOnCreation: false }];
    const args = { assignGeneratedIpv6CidrBlock: true, subnetSpecs: specs };
    const { monitor, requests } = recordingMonitor(false, { ipv6CidrBlock: "2600:1f18:abc:1200::/56" });
    await constructVpc(request(args), monitor, "7.48.0");
    const inputsOf = (all: readonly RegisterResourceRequest[], name: string) =>
      fromStruct(
        all.find((one) => one.getName() === name && one.getType() === "aws:ec2/subnet:Subnet")?.getObject(),
      );
    expect(inputsOf(requests, "net-public-2")).to.deep.include({
      assignIpv6AddressOnCreation: true,
      ipv6CidrBlock: "2600:1f18:abc:1202::/64",
    });
    expect(inputsOf(requests, "net-private-1")).not.to.have.property("ipv6CidrBlock");
    const preview = recordingMonitor(true);
    await constructVpc(request(args), preview.monitor, "7.48.0");
    expect(inputsOf(preview.requests, "net-private-1")["ipv6CidrBlock"]).to.equal(unknown);
  });

  it("passes on unknown values, and keeps secret tags secret", async () => {
    const { monitor, requests } = recordingMonitor(true);
    const asked = request({ tags: { Owner: secret("me"), Later: unknown } });
    const response = await constructVpc(asked, monitor, "7.48.0");
    expect(fromStruct(response.getState())["vpcId"]).to.equal(unknown);
    const subnet = requests.find((one) => one.getType() === "aws:ec2/subnet:Subnet");
    const { vpcId, tags } = fromStruct(subnet?.getObject());
    expect(vpcId).to.equal(unknown);
    expect(tags).to.deep.include({ Owner: secret("me"), Later: unknown });
  });

  it("uses the program's zones without a lookup", async () => {
    const { monitor, requests } = recordingMonitor();
    const { cidrBlock, subnetStrategy } = base;
    const asked = new ConstructRequest()
      .setType(componentType)
      .setName("net")
      .setInputs(
        toStruct({ cidrBlock, subnetStrategy, availabilityZoneNames: ["us-west-2b", "us-west-2c"] }),
      );
    await constructVpc(
      asked,
      { ...monitor, invoke: (token) => Promise.reject(new Error(`unexpected ${token}`)) },
      "7.48.0",
    );
    const zones = requests
      .filter((one) => one.getType() === "aws:ec2/subnet:Subnet")
      .map((one) => fromStruct(one.getObject())["availabilityZone"]);
    expect(new Set(zones)).to.deep.equal(new Set(["us-west-2b", "us-west-2c"]));
  });

  it("uses the program's explicit provider", async () => {
    const { monitor, requests } = recordingMonitor();
    const asked = request({});
    asked.getProvidersMap().set("aws", "urn:provider::id");
    await constructVpc(asked, monitor, "7.48.0");
    const [component, ...children] = requests;
    expect(component?.getProvidersMap().get("aws")).to.equal("urn:provider::id");
    for (const child of children) expect(child.getProvider()).to.equal("urn:provider::id");
  });

  for (const [name, args, messages] of [
    ["an option that it does not know", { ipv4IpamPoolId: "x" }, ["ipv4IpamPoolId"]],
    [
      "several mistakes at once",
      {
        natGateways: { strategy: "Sometimes", privateIps: [] },
        subnetSpecs: [{ type: "Hidden", hosts: 3 }],
        subnetStrategy: "Random",
        vpcEndpointSpecs: [{ serviceName: "s3", region: "x" }],
      },
      [
        'natGateways.strategy: "Sometimes"',
        "natGateways.privateIps",
        'subnetSpecs[0].type: "Hidden"',
        "subnetSpecs[0].hosts",
        'subnetStrategy: "Random"',
        "vpcEndpointSpecs[0].region",
      ],
    ],
    [
      "NAT gateways without a public subnet",
      { natGateways: { strategy: "Single" }, subnetSpecs: [{ type: "Private" }] },
      ["needs a Public subnet"],
    ],
    ["zones by name and by number", { availabilityZoneNames: ["us-east-1a"] }, ["one of the two"]],
    ["more zones than there are", { numberOfAvailabilityZones: 4 }, ["has only us-east-1a"]],
    ["tags that are a secret as a whole", { tags: secret({ a: "b" }) }, ["only its values may be"]],
    [
      "subnets that do not fit",
      { natGateways: { strategy: "None" }, subnetSpecs: [{ type: "Private", cidrMask: 16 }] },
      ["its subnets need"],
    ],
    [
      "addresses for some NAT gateways only",
      { natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["eipalloc-1"] } },
      ["elasticIpAllocationIds: 1 of them; OnePerAz takes 0 or 2"],
    ],
  ] as const) {
    it(`refuses ${name}, before it registers a resource`, async () => {
      const { monitor, requests } = recordingMonitor();
      const error = await constructVpc(request(args), monitor, "7.48.0").catch((reason: unknown) => reason);
      for (const message of messages) expect(error).to.have.property("message").that.includes(message);
      expect(requests).to.deep.equal([]);
    });
  }
});
