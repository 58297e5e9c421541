import { expect } from "chai";

import { hasReadableText, judgeReadable } from "../../../../policies/support/views/readableTexts";
import { anyFixture } from "../fixture";

const readIn = (type: string, props: object) => [
  ...judgeReadable(anyFixture(type, "one", props), {
    text: (text, at) => [`${at} has ${text}`],
    variable: (name, value, at) => [`${at} is ${name}=${value}`],
  }),
];

const variables = { PASSWORD: "a", "with.dots": "b", NUMBER: 7 };
const list = [{ name: "PASSWORD", value: "a" }, { name: "ALONE" }, { value: "alone" }, null, "text"];
const runtime = "runtimeEnvironmentVariables";
const image = "sourceConfiguration.imageRepository.imageConfiguration";
const code = "sourceConfiguration.codeRepository.codeConfiguration.codeConfigurationValues";

/** A type, its properties, and what AWS shows of them. */
const readable: readonly (readonly [type: string, props: object, ...found: readonly string[]])[] = [
  ...[
    "aws:ec2/instance:Instance",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  ].map((type): (typeof readable)[number] => [
    type,
    { userData: "a", userDataBase64: "b" },
    "userData has a",
    "userDataBase64 has b",
  ]),
  ["aws:ec2/launchTemplate:LaunchTemplate", { userData: "a", userDataBase64: "b" }, "userData has a"],
  [
    "aws:ec2/spotFleetRequest:SpotFleetRequest",
    { launchSpecifications: [{}, { userData: "a" }] },
    "launchSpecifications[1].userData has a",
  ],
  ["aws:imagebuilder/component:Component", { data: "a" }, "data has a"],
  ["aws:lightsail/instance:Instance", { userData: "a" }, "userData has a"],
  ["aws:ssm/document:Document", { content: "a" }, "content has a"],
  ["aws:ssm/document:Document", { content: 7 }],
  [
    "aws:amplify/app:App",
    { environmentVariables: variables },
    "environmentVariables.PASSWORD is PASSWORD=a",
    "environmentVariables.with.dots is with.dots=b",
  ],
  [
    "aws:amplify/branch:Branch",
    { environmentVariables: variables },
    "environmentVariables.PASSWORD is PASSWORD=a",
    "environmentVariables.with.dots is with.dots=b",
  ],
  ["aws:amplify/branch:Branch", { environmentVariables: "text" }],
  [
    "aws:apprunner/service:Service",
    {
      sourceConfiguration: {
        imageRepository: { imageConfiguration: { [runtime]: { A: "a" } } },
        codeRepository: { codeConfiguration: { codeConfigurationValues: { [runtime]: { B: "b" } } } },
      },
    },
    `${image}.${runtime}.A is A=a`,
    `${code}.${runtime}.B is B=b`,
  ],
  ["aws:glue/job:Job", { defaultArguments: { "--key": "a" } }, "defaultArguments.--key is --key=a"],
  [
    "aws:lambda/function:Function",
    { environment: { variables: { A: "a" } } },
    "environment.variables.A is A=a",
  ],
  [
    "aws:codebuild/project:Project",
    {
      environment: {
        environmentVariables: [
          ...list,
          { name: "PLAIN", value: "b", type: "PLAINTEXT" },
          { name: "SECRET", value: "c", type: "SECRETS_MANAGER" },
        ],
      },
    },
    "environment.environmentVariables[0].value is PASSWORD=a",
    "environment.environmentVariables[5].value is PLAIN=b",
  ],
  ["aws:elasticbeanstalk/environment:Environment", { settings: list }, "settings[0].value is PASSWORD=a"],
  ...[
    ["aws:batch/jobDefinition:JobDefinition", "containerProperties"] as const,
    ["aws:ecs/taskDefinition:TaskDefinition", "containerDefinitions"] as const,
  ].flatMap(([type, property]): readonly (typeof readable)[number][] => [
    [type, { [property]: JSON.stringify({ environment: list }) }, `${property}.value is PASSWORD=a`],
    [type, { [property]: JSON.stringify([{}, { environment: list }]) }, `${property}.value is PASSWORD=a`],
    [type, { [property]: JSON.stringify([{ environment: "text" }, null, 7]) }],
    [type, { [property]: "no JSON" }],
    [type, { [property]: 7 }],
  ]),
  [
    "aws:ssm/parameter:Parameter",
    { name: "/site/password", type: "String", value: "a", insecureValue: "b" },
    "value is password=a",
    "insecureValue is password=b",
  ],
  ["aws:ssm/parameter:Parameter", { type: "StringList", value: "a" }, "value is =a"],
  ["aws:ssm/parameter:Parameter", { name: "password", type: "String", value: 7 }],
  ["aws:ssm/parameter:Parameter", { name: "password", type: "SecureString", value: "a" }],
  ["aws:s3/bucket:Bucket", { userData: "a", settings: list, environmentVariables: variables, content: "a" }],
];

describe("the text that AWS shows", () => {
  for (const [type, props, ...found] of readable) {
    it(`${found.length === 0 ? "has nothing" : "is found"} in ${type} with ${JSON.stringify(props)}`, () => {
      expect(readIn(type, props)).to.deep.equal(found);
    });
  }

  it("is in each of these types, and in no other", () => {
    for (const [type, , ...found] of readable)
      if (found.length > 0) expect(hasReadableText(type), type).to.equal(true);
    for (const type of ["aws:s3/bucket:Bucket", "constructor"]) expect(hasReadableText(type)).to.equal(false);
  });
});
