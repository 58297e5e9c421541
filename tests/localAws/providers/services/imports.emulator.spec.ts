import { expect } from "chai";

import { group } from "../../../../localAws/providers/aws/autoscaling/group";
import { policy } from "../../../../localAws/providers/aws/autoscaling/policy";
import { schedule } from "../../../../localAws/providers/aws/autoscaling/schedule";
import { read } from "../../../../localAws/providers/aws/core/lifecycle";
import { internetGateway } from "../../../../localAws/providers/aws/ec2/internetGateway";
import { networkAcl } from "../../../../localAws/providers/aws/ec2/networkAcl";
import { networkAclRule } from "../../../../localAws/providers/aws/ec2/networkAclRule";
import { route } from "../../../../localAws/providers/aws/ec2/route";
import { routeTable } from "../../../../localAws/providers/aws/ec2/routeTable";
import { routeTableAssociation } from "../../../../localAws/providers/aws/ec2/routeTableAssociation";
import { subnet } from "../../../../localAws/providers/aws/ec2/subnet";
import { vpc } from "../../../../localAws/providers/aws/ec2/vpc";
import { role } from "../../../../localAws/providers/aws/iam/role";
import { rolePolicy } from "../../../../localAws/providers/aws/iam/rolePolicy";
import { rolePolicyAttachment } from "../../../../localAws/providers/aws/iam/rolePolicyAttachment";
import { lambdaFunction } from "../../../../localAws/providers/aws/lambda/function";
import { permission } from "../../../../localAws/providers/aws/lambda/permission";
import { instance } from "../../../../localAws/providers/aws/rds/instance";
import { archiveOf, trust } from "./documents";
import { emulatedAccount } from "./emulated";
import { make, textIn, type Kept } from "./life";
import { defaultSubnets, launchTemplate } from "./network";

/** `pulumi import` with the official provider's documented ids that differ from the state's. */
describe("imports on the emulator", () => {
  const account = emulatedAccount();

  /** Checks that an import by `importId` finds the resource: its id and everything that AWS returns. */
  async function expectImported({ type, id, state }: Kept, importId: string): Promise<void> {
    const found = await read(type, account.aws, importId, { inputs: {}, state: {} });
    expect(found?.id).to.equal(id);
    const readable = Object.entries(state).filter(([name]) => type.properties[name]?.notReadable !== true);
    expect(found?.state).to.deep.include(Object.fromEntries(readable));
    expect(found?.inputs).not.to.deep.equal({});
  }

  const nothing = async ({ type }: Kept, importId: string) =>
    read(type, account.aws, importId, { inputs: {}, state: {} });

  it("find a database by its identifier", async () => {
    const made = await make(account.aws, instance, {
      allocatedStorage: 20,
      engine: "mariadb",
      engineVersion: "11.8",
      identifier: "site",
      instanceClass: "db.t4g.micro",
      manageMasterUserPassword: true,
      skipFinalSnapshot: true,
      username: "wordpress",
    });
    const found = await read(instance, account.aws, "site", { inputs: {}, state: {} });
    expect(found).to.include({ id: made.id });
    expect(found?.state).to.include({ identifier: "site", engine: "mariadb" });
    expect(await read(instance, account.aws, made.id, { inputs: {}, state: {} })).to.include({ id: made.id });
    expect(await nothing(made, "other")).to.equal(undefined);
  });

  it("find the associations of a subnet with a route table and an ACL", async () => {
    const { aws } = account;
    const { id: vpcId } = await make(aws, vpc, { cidrBlock: "10.1.0.0/16" });
    const { id: subnetId } = await make(aws, subnet, { vpcId, cidrBlock: "10.1.0.0/24" });
    const { id: routeTableId } = await make(aws, routeTable, { vpcId });
    const { id: gatewayId } = await make(aws, internetGateway, { vpcId });
    const { id: networkAclId } = await make(aws, networkAcl, { vpcId });
    const association = await make(aws, routeTableAssociation, { subnetId, routeTableId });
    await expectImported(association, `${subnetId}/${routeTableId}`);
    expect(await nothing(association, `${subnetId}/rtb-0`)).to.equal(undefined);
    const out = await make(aws, route, { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId });
    await expectImported(out, `${routeTableId}_0.0.0.0/0`);
    const rule = await make(aws, networkAclRule, {
      ...{ cidrBlock: "0.0.0.0/0", fromPort: 80, toPort: 80, protocol: "tcp" },
      ...{ networkAclId, egress: false, ruleAction: "allow", ruleNumber: 100 },
    });
    await expectImported(rule, `${networkAclId}:100:tcp:false`);
  });

  it("find the resources of an Auto Scaling group", async () => {
    const { aws } = account;
    const [subnetId] = await defaultSubnets(aws);
    const fleet = await make(aws, group, {
      launchTemplate: { id: await launchTemplate(aws, "servers"), version: "1" },
      ...{ maxSize: 2, minSize: 0, desiredCapacity: 0, name: "fleet", vpcZoneIdentifiers: [subnetId] },
    });
    const cpu = await make(aws, policy, {
      ...{ autoscalingGroupName: fleet.id, name: "cpu", policyType: "TargetTrackingScaling" },
      targetTrackingConfiguration: {
        targetValue: 80,
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
      },
    });
    await expectImported(cpu, "fleet/cpu");
    const sale = await make(aws, schedule, {
      ...{ autoscalingGroupName: fleet.id, scheduledActionName: "sale", recurrence: "0 8 * * *" },
      ...{ minSize: 1, maxSize: 2, desiredCapacity: 1, timeZone: "UTC" },
    });
    await expectImported(sale, "fleet/sale");
  });

  it("find the policies of a role, and the permissions of a function", async () => {
    const { aws } = account;
    const made = await make(aws, role, { name: "launcher", assumeRolePolicy: trust("lambda.amazonaws.com") });
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    await expectImported(
      await make(aws, rolePolicyAttachment, { role: "launcher", policyArn }),
      `launcher/${policyArn}`,
    );
    const statement = { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" };
    const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await expectImported(
      await make(aws, rolePolicy, { role: "launcher", name: "read", policy: document }),
      "launcher:read",
    );
    await make(aws, lambdaFunction, {
      code: archiveOf({ "index.js": "exports.handler = async () => 1;" }),
      ...{
        handler: "index.handler",
        name: "launcher",
        role: textIn(made, "arn"),
        runtime: "nodejs22.x",
      },
    });
    const allowed = await make(aws, permission, {
      ...{ action: "lambda:InvokeFunction", function: "launcher", principal: "events.amazonaws.com" },
      ...{ statementId: "morning", sourceArn: "arn:aws:events:us-east-1:123456789012:rule/morning" },
    });
    await expectImported(allowed, "launcher/morning");
  });
});
