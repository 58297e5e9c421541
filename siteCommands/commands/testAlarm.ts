import { Failure } from "../../cli/failure";
import { chosenAlarm } from "../alarms/chosenAlarm";
import { receiversOf, type Receivers } from "../alarms/receivers";
import { stackAlarms } from "../alarms/stackAlarms";
import type { Context } from "../context";

const reason = "Test by npm run site -- test-alarm. Nothing is wrong.";

/**
 * Sets one alarm to ALARM, which sends its mail, and then to OK, which sends the second one. CloudWatch sets the state by
 * its metric at the next evaluation, within a minute.
 * @throws Failure when no address would get the mail
 */
export async function testAlarm({ conclude, interrupt, invocation, learn, stack }: Context): Promise<void> {
  const alarm = chosenAlarm(await stackAlarms(stack), invocation.subject, stack.name);
  const receivers = await receiversOf(stack, alarm.topicArns);
  learn({ alarm: alarm.name, ...receivers });
  requireReceiver(receivers, alarm.tag);
  const cloudWatch = await stack.clients.cloudWatch();
  const set = (StateValue: "ALARM" | "OK") =>
    cloudWatch.setAlarmState({ AlarmName: alarm.name, StateValue, StateReason: reason });
  await interrupt.finishing(async () => {
    await set("ALARM");
    await set("OK");
  });
  const { confirmed, pending } = receivers;
  conclude(
    [
      `Alarm    ${alarm.tag}: set to ALARM, then to OK`,
      `Mail to  ${confirmed.join(", ")}: two messages within a minute`,
      ...(pending.length === 0
        ? []
        : [`Not to   ${pending.join(", ")}: not confirmed. Open the link in AWS's first mail.`]),
    ].join("\n"),
  );
}

function requireReceiver({ confirmed, pending }: Receivers, alarm: string): void {
  if (confirmed.length > 0) return;
  throw pending.length === 0
    ? new Failure(
        `The alarm ${alarm} would reach no address.`,
        "Set fleet.notificationEmails, run pulumi up, and open the link in AWS's mail.",
      )
    : new Failure(
        `The alarm ${alarm} would reach no address: ${pending.join(", ")} must confirm first.`,
        "Open the link in AWS's mail (subject: AWS Notification - Subscription Confirmation), then run this again.",
      );
}
