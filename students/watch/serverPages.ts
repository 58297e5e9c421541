import type { PageStack, Stacks } from "../../localAws/live/page/page";
import type { WatchedStack } from "../../localAws/live/page/reading/names";
import { accountPace, localPace } from "../../localAws/live/page/reading/reader";
import { makeWatch, type Watch } from "../../localAws/live/page/watch";
import type { StudentAccount } from "../account/account";
import type { Accounts } from "../account/open";
import type { StudentStack } from "../settings/studentSettings";
import { databaseOf } from "../site/databases";
import { siteOf } from "../site/site";

/** A second and a minute of CloudWatch are AWS's. */
const awsSecondsPerMinute = 60;

interface Options {
  readonly stacks: readonly StudentStack[];
  readonly local: boolean;
  readonly accounts: () => Promise<Accounts>;
}

/** The page of each student's servers, found by what is connected, also when the student made them by hand. */
export function studentPages(options: Options): Stacks & { readonly stop: () => Promise<void> } {
  const opened = new Map<string, Promise<PageStack>>();
  const byId = new Map(options.stacks.map((stack) => [stack.student.id, stack]));
  const watches: Watch[] = [];
  const open = async (stack: StudentStack): Promise<PageStack> => {
    const page = await pageOf(stack, options);
    watches.push(page.watch);
    return page;
  };
  return {
    names: () => Promise.resolve([...byId.keys()]),
    find: async (id) => {
      const stack = byId.get(id);
      if (stack === undefined) return undefined;
      const page = opened.get(id) ?? open(stack);
      opened.set(id, page);
      // With expired credentials the next click tries again.
      page.catch(() => opened.delete(id));
      return page;
    },
    stop: async () => {
      await Promise.all(watches.map((watch) => watch.stop()));
    },
  };
}

async function pageOf(stack: StudentStack, { local, accounts }: Options): Promise<PageStack> {
  const { student, region } = stack;
  const { account } = await (await accounts()).open(stack);
  // Every question is asked again.
  const readers = account.fresh();
  const about = { stack: student.id, region, where: local ? ("local" as const) : ("aws" as const) };
  const watch = makeWatch({
    about,
    readers,
    locate: () => locate(readers, about),
    pace: local ? localPace : accountPace,
  });
  return { watch };
}

async function locate(
  account: StudentAccount,
  { stack, region }: { readonly stack: string; readonly region: string },
): Promise<WatchedStack | undefined> {
  const site = await siteOf(account);
  const { group, targetGroup, balancer } = site;
  const database = await databaseOf(account, site);
  if (group === undefined || targetGroup === undefined || database === undefined) return undefined;
  return {
    stack,
    region,
    groupName: group.name,
    targetGroupArn: targetGroup.arn,
    vpcId: targetGroup.vpcId,
    databaseId: database.id,
    siteUrl: balancer === undefined ? null : `http://${balancer.dnsName}`,
    secondsPerMinute: awsSecondsPerMinute,
  };
}
