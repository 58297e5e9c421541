import type { Stack } from "../stack/stack";

/** The endpoints of topics, e.g. e-mail addresses. */
export interface Receivers {
  readonly confirmed: readonly string[];
  /** They get nothing until their owner opens the link in AWS's first mail. */
  readonly pending: readonly string[];
}

/** Who gets what is published to these topics. */
export async function receiversOf({ clients }: Stack, topicArns: readonly string[]): Promise<Receivers> {
  const { paginateListSubscriptionsByTopic } = await import("@aws-sdk/client-sns");
  const client = await clients.sns();
  const confirmed: string[] = [];
  const pending: string[] = [];
  for (const TopicArn of topicArns) {
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
      for (const { Endpoint, SubscriptionArn = "" } of Subscriptions) {
        if (Endpoint === undefined) continue;
        if (SubscriptionArn.startsWith("arn:")) confirmed.push(Endpoint);
        else if (SubscriptionArn === "PendingConfirmation") pending.push(Endpoint);
      }
    }
  }
  return { confirmed: confirmed.sort(), pending: pending.sort() };
}
