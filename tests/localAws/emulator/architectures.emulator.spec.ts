import { expect } from "chai";

import { architectureOf, processorOf } from "../../../components/shared/processors";
import { useEmulator } from "../../support/emulator";
import {
  clientsOf,
  debianId,
  groupOf,
  makeGroup,
  makeNetwork,
  makeTemplate,
  present,
  refusalOf,
} from "./fleet";

describe("processor architectures in the emulator", () => {
  const one = { MinCount: 1, MaxCount: 1 } as const;
  const emulator = useEmulator();

  const newAccount = (accountId: string) => clientsOf(emulator.clientConfig(accountId));
  const armDebianId = async ({ ssm }: ReturnType<typeof newAccount>) => {
    const { Parameter } = await ssm.getParameter({ Name: "/aws/service/debian/release/13/latest/arm64" });
    return present(Parameter?.Value);
  };

  it("refuse to launch an image of another architecture", async () => {
    const account = newAccount("360000000001");
    const ids = { x86_64: await debianId(account), arm64: await armDebianId(account) };
    expect(ids.arm64).not.to.equal(ids.x86_64);
    for (const [type, own, other] of [
      ["t3.micro", "x86_64", "arm64"],
      ["t4g.micro", "arm64", "x86_64"],
    ] as const) {
      const { Instances } = await account.ec2.runInstances({ ImageId: ids[own], InstanceType: type, ...one });
      expect(Instances?.[0]?.Architecture).to.equal(own);
      const wrong = await refusalOf(
        account.ec2.runInstances({ ImageId: ids[other], InstanceType: type, ...one }),
      );
      expect(wrong.name).to.equal("InvalidParameterValue");
      expect(wrong.message).to.include(
        `The architecture '${own}' of the specified instance type does not match the architecture '${other}'`,
      );
    }
  });

  it("are checked in a group's launch template, when the group is created and when it changes", async () => {
    const account = newAccount("360000000002");
    const network = await makeNetwork(account);
    // A template itself may say anything.
    const LaunchTemplateId = await makeTemplate(account, network, { InstanceType: "t4g.micro" });
    const group = { AutoScalingGroupName: "other", MinSize: 0, MaxSize: 1 };
    const made = account.autoScaling.createAutoScalingGroup({
      ...group,
      VPCZoneIdentifier: network.subnetIds.join(","),
      LaunchTemplate: { LaunchTemplateId, Version: "$Latest" },
    });
    expect((await refusalOf(made)).message).to.match(
      /^You must use a valid fully-formed launch template\. The/,
    );

    const live = newAccount("360000000003");
    const { templateId } = await makeGroup(live, { min: 1, desired: 1, max: 1 });
    await live.ec2.createLaunchTemplateVersion({
      LaunchTemplateId: templateId,
      SourceVersion: "1",
      LaunchTemplateData: { InstanceType: "t4g.micro" },
    });
    const changed = live.autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: "web",
      LaunchTemplate: { LaunchTemplateId: templateId, Version: "2" },
    });
    expect((await refusalOf(changed)).name).to.equal("ValidationError");
    expect((await groupOf(live)).LaunchTemplate?.Version).to.equal("$Latest");
  });

  it("are those that the program derives from the instance types' names", async () => {
    const { ec2 } = newAccount("360000000004");
    const wrong: string[] = [];
    let count = 0;
    for await (const { InstanceTypes = [] } of ec2.paginateDescribeInstanceTypes({})) {
      for (const { InstanceType, ProcessorInfo } of InstanceTypes) {
        const type = present(InstanceType);
        if (type.startsWith("mac")) continue;
        count += 1;
        const wanted = architectureOf[processorOf(type)];
        if (ProcessorInfo?.SupportedArchitectures?.includes(wanted) !== true) wrong.push(type);
      }
    }
    expect(count).to.be.greaterThan(500);
    expect(wrong).to.deep.equal([]);
  });
});
