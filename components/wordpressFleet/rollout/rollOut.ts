import { startRollout } from "./start";
import type { RolloutOrder, RolloutTools } from "./tools";
import { isActive, judgeRollout, type RolloutVerdict } from "./verdict";
import { viewRollout, type RolloutView } from "./view";

const minute = 60_000;

/**
 * Deploys the wanted launch template version and waits until the load balancer reports all servers healthy.
 * @param since launches that failed before this time do not count
 * @throws Error with the reason and the commands to investigate with; the servers run the previous version then
 */
export async function rollOut(tools: RolloutTools, order: RolloutOrder, since: Date): Promise<void> {
  const wanted = { id: order.launchTemplateId, version: order.launchTemplateVersion };
  const refreshId = await startRollout(tools, order, wanted, since);
  const judge = (view: RolloutView) => judgeRollout(view, wanted, refreshId);
  const { verdict, view } = await untilDecided(tools, order, judge, since);
  if (verdict.kind === "done") {
    tools.progress.step(verdict.message);
    return;
  }
  const ended =
    verdict.kind === "failed" ? verdict.message : await giveUp(tools, order, verdict, view, since);
  throw new Error([ended, ...whereToLook(order, view)].join("\n"));
}

interface Decision {
  readonly verdict: RolloutVerdict;
  readonly view: RolloutView;
}

/** Polls until there is a decision. The verdict `waiting` means no progress for `patienceMinutes`. */
async function untilDecided(
  { clients, progress, pause }: RolloutTools,
  order: RolloutOrder,
  judge: (view: RolloutView) => RolloutVerdict,
  since: Date,
): Promise<Decision> {
  let lastProgress = Date.now();
  let phase = "";
  let best = -Infinity;
  let shown = "";
  for (;;) {
    const view = await viewRollout(clients, order, since);
    const verdict = judge(view);
    if (verdict.kind !== "waiting") return { verdict, view };
    if (verdict.phase !== phase || verdict.amount > best) {
      ({ phase, amount: best } = verdict);
      lastProgress = Date.now();
    }
    if (Date.now() - lastProgress > order.patienceMinutes * minute) return { verdict, view };
    if (verdict.message !== shown) progress.passing(verdict.message);
    shown = verdict.message;
    await pause();
  }
}

/** Rolls back a refresh without progress: Auto Scaling itself would let it run for hours. */
async function giveUp(
  tools: RolloutTools,
  order: RolloutOrder,
  verdict: RolloutVerdict,
  view: RolloutView,
  since: Date,
): Promise<string> {
  const stuck = `No progress for ${String(order.patienceMinutes)} minutes: ${verdict.message}`;
  if (!isActive(view.refresh)) return stuck;
  const { groupName: AutoScalingGroupName } = order;
  await tools.clients.scaling.rollbackInstanceRefresh({ AutoScalingGroupName });
  tools.progress.step(`${stuck}; rolling back`);
  const deadline = Date.now() + order.patienceMinutes * minute;
  for (;;) {
    const { refresh } = await viewRollout(tools.clients, order, since);
    if (!isActive(refresh)) return `${stuck}\nThe instance refresh ended as ${refresh?.Status ?? "unknown"}.`;
    if (Date.now() > deadline) return `${stuck}\nThe rollback is still in progress.`;
    await tools.pause();
  }
}

function whereToLook({ groupName, targetGroupArn }: RolloutOrder, { targets }: RolloutView): string[] {
  const sick = targets.find(({ state }) => state !== "healthy")?.instanceId ?? "INSTANCE_ID";
  return [
    "Where to look:",
    `  aws elbv2 describe-target-health --target-group-arn ${targetGroupArn}`,
    `  aws autoscaling describe-scaling-activities --auto-scaling-group-name ${groupName}`,
    `  aws ec2 get-console-output --latest --output text --instance-id ${sick}`,
    "Fix the cause, then run `pulumi up` again: it tries the same version once more.",
  ];
}
