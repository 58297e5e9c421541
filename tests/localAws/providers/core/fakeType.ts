import type { AwsClients } from "../../../../localAws/providers/aws/clients";
import { awsClients } from "../../../../localAws/providers/aws/clients";
import type { AnyResourceType, Properties, Rules } from "../../../../localAws/providers/aws/resourceType";

/** Clients without an endpoint: checks and comparisons must not use them. */
export const noAws: AwsClients = awsClients({
  endpoint: "http://127.0.0.1:1",
  region: "us-east-1",
  accountId: "111122223333",
});

const refuse = (call: string) => () => Promise.reject(new Error(`unexpected ${call}`));

/** A resource type with these rules. It refuses every call that a test does not define. */
export function fakeType(properties: Rules, calls: Partial<AnyResourceType> = {}): AnyResourceType {
  return {
    token: "aws:fake/thing:Thing",
    properties,
    create: refuse("create"),
    read: refuse("read"),
    update: refuse("update"),
    delete: refuse("delete"),
    ...calls,
  };
}

/** A type that cannot change in place. */
export function unchangeable(properties: Rules): AnyResourceType {
  const { token, create, read, delete: remove } = fakeType(properties);
  return { token, properties, create, read, delete: remove };
}

/** A type that keeps its only resource in memory, instead of AWS. */
export function rememberingType(properties: Rules, calls: Partial<AnyResourceType> = {}) {
  const there: { properties: Properties | undefined } = { properties: undefined };
  const type = fakeType(properties, {
    create: (_aws, inputs) => {
      there.properties = inputs;
      return Promise.resolve({ id: "thing-1" });
    },
    read: () => Promise.resolve(there.properties),
    update: (_aws, change) => {
      there.properties = change.new;
      return Promise.resolve();
    },
    delete: () => {
      there.properties = undefined;
      return Promise.resolve();
    },
    ...calls,
  });
  return { type, there };
}
