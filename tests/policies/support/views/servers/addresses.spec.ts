import { expect } from "chai";

import { publicAddressesOf } from "../../../../../policies/support/views/servers/addresses";
import { anyFixture } from "../../fixture";

const addressesOf = (type: string, props: object) =>
  [...publicAddressesOf(anyFixture(type, "one", props))].map(({ at, value, allowed }) => [
    at,
    value,
    allowed,
  ]);

type Found = readonly [at: string, value: unknown, allowed: string];

const template = "aws:ec2/launchTemplate:LaunchTemplate";
const instance = "aws:ec2/instance:Instance";
const tasks = { networkConfiguration: { assignPublicIp: true } };
const pipe = (assignPublicIp: string) => ({
  targetParameters: {
    ecsTaskParameters: { networkConfiguration: { awsVpcConfiguration: { assignPublicIp } } },
  },
});
const pipeAt = "targetParameters.ecsTaskParameters.networkConfiguration.awsVpcConfiguration.assignPublicIp";
const job = (assignPublicIp: string) => ({
  containerProperties: JSON.stringify({ networkConfiguration: { assignPublicIp } }),
});
const beanstalk = (name: string, value: string) => ({
  settings: [{ namespace: "aws:ec2:vpc", name, value }],
});
const environment = "aws:elasticbeanstalk/environment:Environment";
const interfaces = (...networkInterfaces: readonly object[]) => ({ networkInterfaces });
const ipv4 = (index: number, value: unknown): Found => [
  `networkInterfaces[${String(index)}].associatePublicIpAddress`,
  value,
  '"false"',
];

const publicOnes: readonly (readonly [type: string, props: object, ...found: readonly Found[]])[] = [
  [instance, {}, ["associatePublicIpAddress", undefined, "false"]],
  [instance, { associatePublicIpAddress: true }, ["associatePublicIpAddress", true, "false"]],
  [
    instance,
    { associatePublicIpAddress: true, launchTemplate: { id: "lt-1" } },
    ["associatePublicIpAddress", true, "false"],
  ],
  [
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
    { launchSpecifications: [{ associatePublicIpAddress: false }, {}] },
    ["launchSpecifications[1].associatePublicIpAddress", undefined, "false"],
  ],
  [template, {}, ipv4(0, undefined)],
  [template, interfaces({}), ipv4(0, undefined)],
  [template, interfaces({ deviceIndex: 0 }), ipv4(0, undefined)],
  [template, interfaces({ associatePublicIpAddress: "true" }), ipv4(0, "true")],
  [
    template,
    interfaces({ associatePublicIpAddress: "false" }, { deviceIndex: 1, associatePublicIpAddress: "true" }),
    ipv4(1, "true"),
  ],
  [
    template,
    interfaces({ associatePublicIpAddress: "false", associateCarrierIpAddress: "true" }),
    ["networkInterfaces[0].associateCarrierIpAddress", "true", '"false"'],
  ],
  [
    template,
    interfaces({ networkInterfaceId: "eni-1", ipv6AddressCount: 1 }),
    ["networkInterfaces[0].ipv6AddressCount", 1, "no IPv6 address"],
  ],
  ...["ipv6AddressCount", "ipv6PrefixCount"].map((property): (typeof publicOnes)[number] => [
    "aws:ec2/networkInterface:NetworkInterface",
    { [property]: 2 },
    [property, 2, "no IPv6 address"],
  ]),
  ...["ipv6Addresses", "ipv6AddressLists", "ipv6Prefixes"].map((property): (typeof publicOnes)[number] => [
    "aws:ec2/networkInterface:NetworkInterface",
    { [property]: ["2001:db8::1"] },
    [property, ["2001:db8::1"], "no IPv6 address"],
  ]),
  ...["primaryIpv6", "enablePrimaryIpv6"].map((property): (typeof publicOnes)[number] => [
    instance,
    { associatePublicIpAddress: false, [property]: true },
    [property, true, "no IPv6 address"],
  ]),
  [
    "aws:lightsail/instance:Instance",
    {},
    ["its type", "aws:lightsail/instance:Instance", "an instance of EC2"],
  ],
  ["aws:ecs/service:Service", tasks, ["networkConfiguration.assignPublicIp", true, "false"]],
  ["aws:ecs/taskSet:TaskSet", tasks, ["networkConfiguration.assignPublicIp", true, "false"]],
  [
    "aws:cloudwatch/eventTarget:EventTarget",
    { ecsTarget: tasks },
    ["ecsTarget.networkConfiguration.assignPublicIp", true, "false"],
  ],
  [
    "aws:scheduler/schedule:Schedule",
    { target: { ecsParameters: tasks } },
    ["target.ecsParameters.networkConfiguration.assignPublicIp", true, "false"],
  ],
  ["aws:pipes/pipe:Pipe", pipe("ENABLED"), [pipeAt, "ENABLED", "DISABLED"]],
  [
    "aws:batch/jobDefinition:JobDefinition",
    job("ENABLED"),
    ["containerProperties.networkConfiguration.assignPublicIp", "ENABLED", "DISABLED"],
  ],
  [
    "aws:batch/jobDefinition:JobDefinition",
    { containerProperties: '{"assignPublicIp"  :  "ENABLED"}' },
    ["containerProperties.networkConfiguration.assignPublicIp", "ENABLED", "DISABLED"],
  ],
  ...["true", "True"].map((value): (typeof publicOnes)[number] => [
    environment,
    beanstalk("AssociatePublicIpAddress", value),
    ["settings[0].value", value, '"false"'],
  ]),
];

const privateOnes: readonly (readonly [type: string, props: object])[] = [
  [instance, { associatePublicIpAddress: false }],
  [instance, { launchTemplate: { id: "lt-1" } }],
  [instance, { networkInterfaces: [{ networkInterfaceId: "eni-1" }] }],
  [instance, { primaryNetworkInterface: { networkInterfaceId: "eni-1" } }],
  [template, interfaces({ associatePublicIpAddress: "false" })],
  [template, interfaces({ networkInterfaceId: "eni-1" })],
  [template, interfaces({ associatePublicIpAddress: "false" }, { deviceIndex: 1 })],
  [template, interfaces({ associatePublicIpAddress: "false", associateCarrierIpAddress: "false" })],
  ["aws:ec2/networkInterface:NetworkInterface", { ipv6Addresses: [], ipv6AddressCount: 0 }],
  ["aws:ec2/networkInterface:NetworkInterface", {}],
  ["aws:ecs/service:Service", {}],
  ["aws:ecs/service:Service", { networkConfiguration: {} }],
  ["aws:ecs/service:Service", { networkConfiguration: { assignPublicIp: false } }],
  ["aws:cloudwatch/eventTarget:EventTarget", {}],
  ["aws:scheduler/schedule:Schedule", { target: {} }],
  ["aws:pipes/pipe:Pipe", pipe("DISABLED")],
  ["aws:pipes/pipe:Pipe", {}],
  ["aws:pipes/pipe:Pipe", { targetParameters: {} }],
  ["aws:pipes/pipe:Pipe", { targetParameters: { ecsTaskParameters: {} } }],
  ["aws:pipes/pipe:Pipe", { targetParameters: { ecsTaskParameters: { networkConfiguration: {} } } }],
  ["aws:batch/jobDefinition:JobDefinition", job("DISABLED")],
  ["aws:batch/jobDefinition:JobDefinition", {}],
  [environment, beanstalk("AssociatePublicIpAddress", "false")],
  [environment, beanstalk("ELBScheme", "true")],
  ["aws:s3/bucket:Bucket", { ...tasks, ...pipe("ENABLED"), ...job("ENABLED"), ipv6AddressCount: 1 }],
];

describe("the public addresses of servers", () => {
  for (const [type, props, ...found] of publicOnes) {
    it(`are found in ${type} with ${JSON.stringify(props)}`, () => {
      expect(addressesOf(type, props)).to.deep.equal(found);
    });
  }

  for (const [type, props] of privateOnes) {
    it(`are not in ${type} with ${JSON.stringify(props)}`, () => {
      expect(addressesOf(type, props)).to.deep.equal([]);
    });
  }

  it("need the target of a schedule", () => {
    expect(() => addressesOf("aws:scheduler/schedule:Schedule", {})).to.throw("target is not set");
  });
});
