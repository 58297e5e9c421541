import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { SESv2 } from "@aws-sdk/client-sesv2";
import { SNS } from "@aws-sdk/client-sns";
import { expect } from "chai";

import { z } from "../../../cli/json";
import { useEmulator } from "../../support/emulator";
import { clientsOf, makeGroup, refusalOf } from "./fleet";

const mailsSchema = z.array(
  z.object({
    number: z.int(),
    accountId: z.string(),
    kind: z.string(),
    from: z.string(),
    to: z.array(z.string()),
    subject: z.string(),
    text: z.string(),
  }),
);

describe("mail in the emulator", () => {
  const emulator = useEmulator();

  async function newAccount(displayName?: string) {
    const accountId = emulator.newAccountId();
    const config = emulator.clientConfig(accountId);
    const sns = new SNS(config);
    const { TopicArn: topicArn = "" } = await sns.createTopic({
      Name: "alerts",
      ...(displayName === undefined ? {} : { Attributes: { DisplayName: displayName } }),
    });
    const mails = async () => {
      const response = await fetch(`${emulator.endpoint}/_local/accounts/${accountId}/mail`);
      return mailsSchema.parse(await response.json());
    };
    const subscribe = (protocol = "email") =>
      sns.subscribe({ TopicArn: topicArn, Protocol: protocol, Endpoint: "ops@example.com" });
    /** Opens the link of the newest mail that has one. */
    const openLink = async () => {
      const link = (await mails()).map(({ text }) => /http:\S+\/confirm\?\S+/.exec(text)?.[0]).find(Boolean);
      if (link === undefined) throw new Error("No mail has a link to confirm.");
      return await (await fetch(link)).text();
    };
    return { accountId, config, sns, topicArn, mails, subscribe, openLink };
  }

  it("asks the owner of an address first, and sends nothing else until the link was opened", async () => {
    const { sns, topicArn, mails, subscribe, openLink } = await newAccount();
    expect((await subscribe()).SubscriptionArn).to.equal("pending confirmation");
    const pending = await sns.listSubscriptionsByTopic({ TopicArn: topicArn });
    expect(pending.Subscriptions?.map((each) => each.SubscriptionArn)).to.deep.equal(["PendingConfirmation"]);
    await sns.publish({ TopicArn: topicArn, Message: "too early" });
    const [asked, ...others] = await mails();
    expect(others).to.deep.equal([]);
    expect(asked).to.include({
      kind: "sns",
      from: "AWS Notifications <no-reply@sns.amazonaws.com>",
      subject: "AWS Notification - Subscription Confirmation",
    });
    expect(asked?.text).to.include(`You have chosen to subscribe to the topic:\n${topicArn}\n`);
    expect(await openLink())
      .to.include("Subscription confirmed!")
      .and.to.include(topicArn);
    const confirmed = await sns.listSubscriptionsByTopic({ TopicArn: topicArn });
    const arn = confirmed.Subscriptions?.[0]?.SubscriptionArn ?? "";
    expect(arn).to.match(new RegExp(`^${topicArn}:`));
    await sns.publish({ TopicArn: topicArn, Message: "hello", Subject: "Greeting" });
    const [mail] = await mails();
    expect(mail).to.deep.include({ to: ["ops@example.com"], subject: "Greeting" });
    expect(mail?.text).to.match(/^hello\n\n--\nIf you wish to stop receiving notifications/);
    const unsubscribe = /http:\S+\/unsubscribe\?\S+/.exec(mail?.text ?? "")?.[0] ?? "";
    expect(await (await fetch(unsubscribe)).text()).to.include("Subscription removed!");
    await sns.publish({ TopicArn: topicArn, Message: "no subscriber" });
    expect(await mails()).to.have.length(2);
  });

  it("confirms with the token and not with another one, and names the sender after the topic", async () => {
    const { sns, topicArn, mails, subscribe } = await newAccount("WordPress fleet");
    await subscribe("email-json");
    const wrong = await refusalOf(sns.confirmSubscription({ TopicArn: topicArn, Token: "wrong" }));
    expect(wrong.message).to.include("Invalid parameter: Token");
    const token = /Token=([0-9a-f]+)/.exec((await mails())[0]?.text ?? "")?.[1] ?? "";
    await sns.confirmSubscription({ TopicArn: topicArn, Token: token });
    await sns.publish({ TopicArn: topicArn, Message: "hello" });
    const [mail] = await mails();
    expect(mail).to.include({
      from: "WordPress fleet <no-reply@sns.amazonaws.com>",
      subject: "AWS Notification Message",
    });
    expect(JSON.parse(mail?.text ?? "")).to.include({
      Type: "Notification",
      Message: "hello",
      TopicArn: topicArn,
    });
  });

  it("sends Auto Scaling's notifications as lines of text", async () => {
    const account = await newAccount();
    await account.subscribe();
    await account.openLink();
    const clients = { accountId: account.accountId, ...clientsOf(account.config) };
    const groupName = "web";
    await makeGroup(clients, { min: 0, desired: 0, max: 2 });
    await clients.autoScaling.putNotificationConfiguration({
      AutoScalingGroupName: groupName,
      TopicARN: account.topicArn,
      NotificationTypes: ["autoscaling:EC2_INSTANCE_LAUNCH"],
    });
    await clients.autoScaling.setDesiredCapacity({ AutoScalingGroupName: groupName, DesiredCapacity: 1 });
    const [launch, test] = await account.mails();
    expect(test?.subject).to.equal(`Auto Scaling: test notification for group "${groupName}"`);
    expect(launch?.subject).to.equal(`Auto Scaling: launch for group "${groupName}"`);
    expect(launch?.text).to.match(
      /^Service: AWS Auto Scaling\nEvent: autoscaling:EC2_INSTANCE_LAUNCH\nAccountId: \d{12}\n/,
    );
    expect(launch?.text).to.match(/\nDescription: Launching a new EC2 instance: i-\w+\nCause: At /);
    expect(launch?.text).to.match(
      /\nDetails: \{"Subnet ID":"subnet-\w+","Availability Zone":"us-east-1\w"\}\n/,
    );
  });

  it("sends CloudWatch's alarms in CloudWatch's words", async () => {
    const account = await newAccount();
    await account.subscribe();
    await account.openLink();
    const cloudWatch = new CloudWatch(account.config);
    await cloudWatch.putMetricAlarm({
      AlarmName: "cpu high",
      AlarmDescription: "A server is busy.",
      Namespace: "AWS/EC2",
      MetricName: "CPUUtilization",
      Dimensions: [{ Name: "InstanceId", Value: "i-1" }],
      Statistic: "Average",
      Period: 60,
      EvaluationPeriods: 3,
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 80,
      AlarmActions: [account.topicArn],
    });
    await cloudWatch.setAlarmState({ AlarmName: "cpu high", StateValue: "ALARM", StateReason: "Testing" });
    const [mail] = await account.mails();
    expect(mail?.subject).to.equal('ALARM: "cpu high" in US East (N. Virginia)');
    expect(mail?.text).to.match(
      /^You are receiving this email because your Amazon CloudWatch Alarm "cpu high" in the US East \(N\. Virginia\) region has entered the ALARM state, because "Testing" at "\w+day \d\d \w+, \d{4} /,
    );
    for (const line of [
      "- State Change:               INSUFFICIENT_DATA -> ALARM",
      "- The alarm is in the ALARM state when the metric is GreaterThanThreshold 80.0 for at least 3 of the last 3 period(s) of 60 seconds.",
      "- Dimensions:                          [InstanceId = i-1]",
      "- Statistic:                           Average",
      `- ALARM: [${account.topicArn}]`,
      "- OK: ",
    ]) {
      expect(mail?.text.split("\n")).to.include(line);
    }
  });

  it("keeps what WordPress sends with SES, raw and in another script", async () => {
    const account = await newAccount();
    const ses = new SESv2(account.config);
    await ses.createEmailIdentity({ EmailIdentity: "example.com" });
    const raw = [
      "From: =?UTF-8?B?7JuM65Oc7ZSE66CI7Iqk?= <wordpress@example.com>",
      "To: reader@example.net",
      "Subject: =?UTF-8?B?67mE67CA67KI7Zi4?=",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=UTF-8",
      "Content-Transfer-Encoding: base64",
      "",
      Buffer.from("비밀번호를 바꾸세요.\n").toString("base64"),
    ].join("\r\n");
    await ses.sendEmail({
      FromEmailAddress: "wordpress@example.com",
      Destination: { ToAddresses: ["reader@example.net"] },
      Content: { Raw: { Data: Buffer.from(raw) } },
    });
    const [mail] = await account.mails();
    expect(mail).to.deep.include({
      kind: "ses",
      from: "워드프레스 <wordpress@example.com>",
      to: ["reader@example.net"],
      subject: "비밀번호",
      text: "비밀번호를 바꾸세요.\n",
    });
  });

  it("gives the live region the mail of all accounts above a number, as soon as it arrives", async () => {
    const first = await newAccount();
    await first.subscribe();
    const { number = 0 } = (await first.mails())[0] ?? {};
    const waiting = fetch(`${emulator.endpoint}/_local/mail?after=${number}&wait=20`);
    const second = await newAccount();
    await second.subscribe();
    const arrived = mailsSchema.parse(await (await waiting).json());
    expect(arrived.map(({ accountId }) => accountId)).to.include(second.accountId);
    expect(arrived.every((mail) => mail.number > number)).to.equal(true);
  });
});
