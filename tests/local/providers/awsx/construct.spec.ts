import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { expect } from "chai";

import type { Properties } from "../../../../local/providers/aws/resourceType";
import { constructVpc } from "../../../../local/providers/awsx/construct";
import type { Monitor } from "../../../../local/providers/protocol/monitor";
import { resourceReference, secret, unknown } from "../../../../local/providers/protocol/special";
import { fromStruct, toStruct } from "../../../../local/providers/protocol/struct";
import recorded from "../../../support/awsx-vpc-graphs.json";

const componentType = "awsx:ec2:Vpc";
const base = {
  cidrBlock: "10.20.0.0/16",
  enableDnsHostnames: true,
  numberOfAvailabilityZones: 2,
  subnetStrategy: "Auto",
  tags: { Project: "p" },
};

/** An engine that answers as the one of the recording did, and refuses what it does not know. */
function recordingMonitor(preview = false) {
  const requests: RegisterResourceRequest[] = [];
  const outputs: Properties[] = [];
  const monitor: Monitor = {
    register: (request) => {
      requests.push(request);
      const name = request.getName();
      const id = preview ? unknown : `${name}-id`;
      return Promise.resolve({ urn: `${request.getType()}::${name}`, id, state: {} });
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
    it(`registers what the real provider registered: ${name}`, async () => {
      const { monitor, requests } = recordingMonitor();
      const response = await constructVpc(request(args), monitor, "7.48.0");
      const children = requests.filter((one) => one.getType() !== componentType);
      const graph = children.map((one) => {
        const inputs = { ...fromStruct(one.getObject()) };
        // The recording's engine knew no output but ids, and so left this one out.
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

  it("hangs each resource under the right parent, and lets it wait for what it uses", async () => {
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

  it("lets every child wait for its parent and for what the program's inputs come from", async () => {
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

  it("gives its children as outputs, under the SDK's names", async () => {
    const { monitor, outputs } = recordingMonitor();
    const response = await constructVpc(request({}), monitor, "7.48.0");
    const state = fromStruct(response.getState());
    expect(outputs).to.deep.equal([state]);
    expect(state["vpc"]).to.deep.equal(resourceReference("aws:ec2/vpc:Vpc::net", "net-id"));
    expect(state["routeTables"]).to.have.length(4);
    expect(state["internetGateway"]).to.deep.equal(
      resourceReference("aws:ec2/internetGateway:InternetGateway::net", "net-id"),
    );
    expect(response.getStatedependenciesMap().get("publicSubnetIds")?.getUrnsList()).to.deep.equal([
      "aws:ec2/subnet:Subnet::net-public-1",
      "aws:ec2/subnet:Subnet::net-public-2",
    ]);
  });

  it("passes on what a preview does not know, and keeps secret tags secret", async () => {
    const { monitor, requests } = recordingMonitor(true);
    const asked = request({ tags: { Owner: secret("me"), Later: unknown } });
    const response = await constructVpc(asked, monitor, "7.48.0");
    expect(fromStruct(response.getState())["vpcId"]).to.equal(unknown);
    const subnet = requests.find((one) => one.getType() === "aws:ec2/subnet:Subnet");
    const { vpcId, tags } = fromStruct(subnet?.getObject());
    expect(vpcId).to.equal(unknown);
    expect(tags).to.deep.include({ Owner: secret("me"), Later: unknown });
  });

  it("works in the zones that the program names, without asking", async () => {
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

  it("uses the provider that the program made", async () => {
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
        natGateways: { strategy: "Sometimes", elasticIpAllocationIds: [] },
        subnetSpecs: [{ type: "Hidden", size: 3 }],
        subnetStrategy: "Legacy",
        vpcEndpointSpecs: [{ serviceName: "s3", region: "x" }],
      },
      [
        'natGateways.strategy: "Sometimes"',
        "natGateways.elasticIpAllocationIds",
        'subnetSpecs[0].type: "Hidden"',
        "subnetSpecs[0].size",
        'subnetStrategy: "Legacy"',
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
    ["tags that are a secret as a whole", { tags: secret({ a: "b" }) }, ["let only its values be so"]],
    [
      "subnets that do not fit",
      { natGateways: { strategy: "None" }, subnetSpecs: [{ type: "Private", cidrMask: 16 }] },
      ["does not fit"],
    ],
  ] as const) {
    it(`refuses ${name}, before it registers anything`, async () => {
      const { monitor, requests } = recordingMonitor();
      const error = await constructVpc(request(args), monitor, "7.48.0").catch((reason: unknown) => reason);
      for (const message of messages) expect(error).to.have.property("message").that.includes(message);
      expect(requests).to.deep.equal([]);
    });
  }
});
