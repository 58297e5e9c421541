import type { AutoScalingGroup, Instance, InstanceRefreshStatus } from "@aws-sdk/client-auto-scaling";
import { expect } from "chai";

import { rollOut } from "../../../../components/wordpressFleet/rollout/rollOut";
import type { RolloutOrder } from "../../../../components/wordpressFleet/rollout/tools";
import type { RolloutClients } from "../../../../components/wordpressFleet/rollout/view";
import { rejectionOf } from "../../../support/rejection";

const order: RolloutOrder = {
  groupName: "site-fleet",
  targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/site/1",
  launchTemplateId: "lt-1",
  launchTemplateVersion: "2",
  patienceMinutes: 0.002,
};

/** Fields that AWS's model requires in an answer, and that a rollout does not read. */
const ofGroup: AutoScalingGroup = {
  AutoScalingGroupName: "site-fleet",
  MinSize: 1,
  MaxSize: 1,
  DesiredCapacity: 1,
  DefaultCooldown: 300,
  AvailabilityZones: ["us-east-1a"],
  HealthCheckType: "ELB",
  CreatedTime: new Date(0),
};
const server: Instance = {
  InstanceId: "i-1",
  AvailabilityZone: "us-east-1a",
  LifecycleState: "InService",
  HealthStatus: "Healthy",
  ProtectedFromScaleIn: false,
};

const answer = <T>(of: T) => Promise.resolve(of);
const refused = (call: string) => () => Promise.reject(new Error(`${call} is not expected here`));

/**
 * AWS with one server that never becomes healthy.
 * @param stuck whether the instance refresh makes no progress
 */
function silentSite({ stuck }: { readonly stuck: boolean }) {
  const calls: string[] = [];
  let status: InstanceRefreshStatus = stuck ? "InProgress" : "Successful";
  const aim = { LaunchTemplateId: "lt-1", Version: "2" };
  const clients: RolloutClients = {
    scaling: {
      cancelInstanceRefresh: refused("CancelInstanceRefresh"),
      startInstanceRefresh: refused("StartInstanceRefresh"),
      updateAutoScalingGroup: refused("UpdateAutoScalingGroup"),
      describeAutoScalingGroups: () =>
        answer({
          AutoScalingGroups: [
            {
              ...ofGroup,
              Instances: [server],
              LaunchTemplate: { ...aim, Version: stuck ? "1" : "2" },
            },
          ],
        }),
      describeInstanceRefreshes: () =>
        answer({
          InstanceRefreshes: [
            { InstanceRefreshId: "r-1", Status: status, DesiredConfiguration: { LaunchTemplate: aim } },
          ],
        }),
      describeScalingActivities: () => answer({ Activities: [] }),
      rollbackInstanceRefresh: () => {
        calls.push("RollbackInstanceRefresh");
        status = "RollbackSuccessful";
        return answer({ InstanceRefreshId: "r-1" });
      },
    },
    targets: {
      describeTargetHealth: () =>
        answer({
          TargetHealthDescriptions: [
            {
              Target: { Id: "i-1" },
              TargetHealth: {
                State: "unhealthy",
                Reason: "Target.FailedHealthChecks",
                Description: "Health checks failed",
              },
            },
          ],
        }),
    },
  };
  const lines: string[] = [];
  return {
    calls,
    lines,
    run: () =>
      rollOut(
        {
          clients,
          progress: { step: (line) => lines.push(line), passing: (line) => lines.push(line) },
          pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
        },
        order,
        new Date(),
      ),
  };
}

describe("a rollout whose servers never become healthy", () => {
  it("fails after its time limit without progress, and names the server, AWS's reason and where to look", async () => {
    const site = silentSite({ stuck: false });
    const message = await rejectionOf(site.run());
    expect(message.split("\n")).to.deep.equal([
      "No progress for 0.002 minutes: 0 of 1 servers healthy; i-1 unhealthy (Target.FailedHealthChecks: Health checks failed)",
      "Where to look:",
      `  aws elbv2 describe-target-health --target-group-arn ${order.targetGroupArn}`,
      "  aws autoscaling describe-scaling-activities --auto-scaling-group-name site-fleet",
      "  aws ec2 get-console-output --latest --output text --instance-id i-1",
      "Fix the cause, then run `pulumi up` again: it tries the same version once more.",
    ]);
    expect(site.calls).to.deep.equal([]);
  });

  it("rolls back an instance refresh that makes no progress", async () => {
    const site = silentSite({ stuck: true });
    const message = await rejectionOf(site.run());
    expect(site.calls).to.deep.equal(["RollbackInstanceRefresh"]);
    expect(message).to.include("The instance refresh ended as RollbackSuccessful.");
  });

  it("shows each state once while it waits", async () => {
    const site = silentSite({ stuck: false });
    await rejectionOf(site.run());
    expect(site.lines).to.have.length(1);
  });
});
