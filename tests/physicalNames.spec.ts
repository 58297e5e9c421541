import { expect } from "chai";

import { shippedRun } from "./support/shippedRun";
import { shippedStacks } from "./support/stackFile";

/** Inputs by which a program can choose a resource's physical name. */
const names =
  /^(?:name|namePrefix|identifier|identifierPrefix|clusterIdentifier|bucket|keyName|keyNamePrefix|functionName|dashboardName|roleName|creationToken|emailIdentity|configurationSetName|groupName)$/;

/** The inputs with such a name that do not choose a fixed one, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {
  "aws:rds/instance:Instance identifier": "derived from the generated name of the subnet group",
  "aws:cloudwatch/logGroup:LogGroup name": "derived from the generated name of the database or the function",
  "aws:cloudwatch/dashboard:Dashboard dashboardName": "the generated name of the Auto Scaling group",
  "aws:route53/record:Record name": "the domain in the settings, and names that ACM and SES require",
  "aws:sesv2/emailIdentity:EmailIdentity emailIdentity": "the domain in the settings",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig functionName": "a reference",
  "aws:ec2/launchTemplate:LaunchTemplate keyName": "a reference",
  "aws:lambda/functionUrl:FunctionUrl functionName": "a reference",
  "aws:scheduler/schedule:Schedule groupName": "a reference",
};

/** The types and inputs that choose a physical name in a stack, without the exceptions. */
async function fixedNames(stack: string): Promise<readonly string[]> {
  const { resources } = await shippedRun(stack);
  const chosen = resources
    // Component resources and this repository's own types have no physical name.
    .filter(({ type }) => type.startsWith("aws:"))
    .flatMap(({ type, inputs }) =>
      Object.keys(inputs)
        .filter((key) => names.test(key) && inputs[key] !== undefined)
        .map((key) => `${type} ${key}`),
    );
  return [...new Set(chosen)].filter((each) => !(each in exceptions));
}

describe("physical names", () => {
  for (const stack of shippedStacks()) {
    const asked = stack === "dev" ? ["aws:lb/targetGroup:TargetGroup name"] : [];
    it(`are generated in ${stack}${asked.length === 0 ? "" : ", except for that of the target group"}`, async () => {
      expect(await fixedNames(stack)).to.deep.equal(asked);
    });
  }
});
