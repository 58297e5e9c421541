import { isAtTerminal } from "../../cli/commandProcess";
import { counted } from "../../cli/counted";
import { Failure } from "../../cli/failure";
import { atOnce } from "../account/atOnce";
import { accountsOf, type Accounts } from "../account/open";
import { reasonOf } from "../account/reasons";
import { repository } from "../classRun";
import { look, ownerOf } from "../guard/look";
import { itemsOf, type Item } from "../handmade/items";
import { removeItems, type Removal } from "../handmade/remove";
import type { Unseen } from "../inventory/inventory";
import type { Resource } from "../inventory/resource";
import type { StudentStack } from "../settings/studentSettings";
import { studentsCommand } from "../studentsCommand";
import { dollars } from "../ui/costText";
import { handmadeFacts, handmadeLines, itemText, type HandmadeResult } from "../ui/handmadeText";
import type { CommandContext, Outcome } from "./context";
import { engineCommand } from "./engine";

/** Most of a search waits for AWS, so more students at once than cores. */
const studentsAtOnce = 8;

/** What a student's account has beside the stack. */
interface Found {
  readonly stack: StudentStack;
  readonly items: readonly Item[];
  readonly unclear: readonly Resource[];
  readonly unseen: readonly Unseen[];
  readonly reason?: string;
}

/**
 * Destroys the stacks, and first removes what was made by hand beside them, as far as the user wants: a server that a
 * student started in the stack's network would keep the network from being deleted. All questions come before the first
 * change.
 */
export async function down(context: CommandContext): Promise<Outcome> {
  const { run, invocation, stop } = context;
  const accounts = await openAccounts(context);
  const found = await atOnce(run.stacks, studentsAtOnce, (stack) => find(accounts, stack), stop);
  const all = found.filter((each) => each !== undefined);
  const chosen = await choose(context, all);
  let results: readonly HandmadeResult[] = all.map((each) => resultOf(each, each.items.map(kept)));
  const outcome = await engineCommand(context, "down", async () => {
    results = await removeChosen(context, accounts, all, chosen);
  });
  const byId = new Map(results.map((result) => [result.id, handmadeFacts(result)]));
  const refused = results.some(({ removals }) => removals.some(({ state }) => state === "refused"));
  return {
    ...outcome,
    ok: outcome.ok && !refused,
    text: [outcome.text, ...handmadeLines(results, studentsCommand(invocation, { all: true }))].join("\n"),
    facts: { ...outcome.facts, handmade: Object.fromEntries(byId) },
  };
}

/** Undefined when no emulator runs: nothing exists there then. */
async function openAccounts({ run, invocation, stop }: CommandContext): Promise<Accounts | undefined> {
  try {
    return await accountsOf({ ...run, repository, local: invocation.local, now: new Date(), stop });
  } catch (error) {
    if (invocation.local && error instanceof Failure) return undefined;
    throw error;
  }
}

/** Searches one account. It does not throw: a stack can be destroyed without the search. */
async function find(accounts: Accounts | undefined, stack: StudentStack): Promise<Found> {
  const nothing = { stack, items: [], unclear: [], unseen: [] };
  if (accounts === undefined) return nothing;
  try {
    const { account } = await accounts.open(stack);
    try {
      const { attributed, inventory } = await look(account, ownerOf(stack, account));
      return {
        stack,
        items: itemsOf(attributed),
        unclear: attributed.flatMap(({ resource, origin }) => (origin === "unclear" ? [resource] : [])),
        unseen: inventory.unseen,
      };
    } finally {
      await account.close();
    }
  } catch (error) {
    return { ...nothing, reason: reasonOf(error).reason.en };
  }
}

/** Which resources to remove: all with `--all`, otherwise those that the user chooses at the terminal. */
async function choose(
  { confirm, invocation, screen }: CommandContext,
  found: readonly Found[],
): Promise<ReadonlySet<Item>> {
  const items = found.flatMap((each) => each.items);
  if (items.length === 0) return new Set();
  if (invocation.all === true) {
    for (const { stack, items: own } of found) {
      for (const item of own) screen.print(`${stack.student.id}: made by hand: ${itemText(item)}`);
    }
    const perDay = items.reduce((sum, { dollarsPerDay = 0 }) => sum + dollarsPerDay, 0);
    const question = `Remove ${counted(items.length, "resource")} made by hand, ${dollars(perDay)} a day, with all their data?`;
    return (await confirm(question)) ? new Set(items) : new Set();
  }
  const chosen = new Set<Item>();
  if (!isAtTerminal() || invocation.yes) return chosen;
  for (const { stack, items: own } of found) {
    for (const item of own) {
      if (await confirm(`${stack.student.id}: made by hand: ${itemText(item)}. Remove it?`)) chosen.add(item);
    }
  }
  return chosen;
}

async function removeChosen(
  { screen, stop }: CommandContext,
  accounts: Accounts | undefined,
  found: readonly Found[],
  chosen: ReadonlySet<Item>,
): Promise<readonly HandmadeResult[]> {
  const removeOf = async (each: Found): Promise<HandmadeResult> => {
    const { stack, items } = each;
    const { id } = stack.student;
    if (accounts === undefined || !items.some((item) => chosen.has(item))) {
      return resultOf(each, items.map(kept));
    }
    const { account } = await accounts.open(stack);
    const clients = account.fresh();
    try {
      const report = (item: Item) => {
        screen.show(id, `${id}: removing ${item.resource.kind} ${item.resource.id}`);
      };
      return resultOf(each, await removeItems(clients, items, chosen, { stop, report }));
    } finally {
      screen.show(id, undefined);
      await clients.close();
      await account.close();
    }
  };
  const results = await atOnce(found, studentsAtOnce, removeOf, stop);
  return found.map((each, index) => results[index] ?? resultOf(each, each.items.map(kept)));
}

function kept(item: Item): Removal {
  return { item, state: "kept" };
}

function resultOf({ stack, unclear, unseen, reason }: Found, removals: readonly Removal[]): HandmadeResult {
  return { id: stack.student.id, removals, unclear, unseen, ...(reason === undefined ? {} : { reason }) };
}
