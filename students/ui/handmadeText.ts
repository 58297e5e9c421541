import type { Item } from "../handmade/items";
import type { Removal } from "../handmade/remove";
import type { Unseen } from "../inventory/inventory";
import type { Resource } from "../inventory/resource";
import { dollars } from "./costText";

/** What a student's account has beside the stack, and what became of it. */
export interface HandmadeResult {
  readonly id: string;
  readonly removals: readonly Removal[];
  /** In a shared account: resources of which nothing shows whose they are. */
  readonly unclear: readonly Resource[];
  /** Kinds that AWS did not list. */
  readonly unseen: readonly Unseen[];
  /** Why the account was not searched; undefined when it was. */
  readonly reason?: string;
}

/** The same for `--json`. */
export function handmadeFacts({ removals, unclear, unseen, reason }: HandmadeResult) {
  return {
    handmade: removals.map((removal) => ({
      kind: removal.item.resource.kind,
      id: removal.item.resource.id,
      dollarsPerDay: removal.item.dollarsPerDay,
      state: removal.state,
      ...(removal.state === "refused" ? { reason: removal.reason } : {}),
    })),
    unclear: unclear.map(({ kind, id }) => ({ kind, id })),
    unseen,
    ...(reason === undefined ? {} : { notSearched: reason }),
  };
}

/** `server i-1 (t3.micro, running) with volume vol-1, $0.27 a day` */
export function itemText({ resource, parts, dollarsPerDay }: Item): string {
  const detail = resource.detail === "" ? "" : ` (${resource.detail})`;
  const more = parts.length === 0 ? "" : ` with ${parts.map(({ kind, id }) => `${kind} ${id}`).join(", ")}`;
  return `${resource.kind} ${resource.id}${detail}${more}, ${priceText(resource, dollarsPerDay)}`;
}

function priceText({ atMost }: Resource, dollarsPerDay: number | undefined): string {
  if (dollarsPerDay === undefined) return "price not known";
  if (dollarsPerDay === 0) return "free";
  return `${atMost === true ? "at most " : ""}${dollars(dollarsPerDay)} a day`;
}

/** What remains and why, and what was removed, with the command that removes the rest. */
export function handmadeLines(results: readonly HandmadeResult[], removeAll: string): readonly string[] {
  const kept = results.some(({ removals }) => removals.some(({ state }) => state === "kept"));
  return [
    ...results.flatMap(({ id, removals, unclear, unseen, reason }) => [
      ...(reason === undefined
        ? []
        : [`${id}: not searched for resources that were made by hand: ${reason}`]),
      ...removals.map((removal) => `${id}: made by hand, ${stateText(removal)}: ${itemText(removal.item)}`),
      ...unclear.map(({ kind, id: name }) => `${id}: not known whose it is, kept: ${kind} ${name}`),
      ...unseen.map(({ kind, reason: why }) => `${id}: AWS did not list each ${kind}: ${why}`),
    ]),
    ...(kept ? [`To remove everything that was made by hand: ${removeAll}`] : []),
  ];
}

function stateText(removal: Removal): string {
  switch (removal.state) {
    case "removed":
      return "removed";
    case "kept":
      return "kept";
    case "refused":
      return `not removed, because AWS refused (${removal.reason})`;
  }
}
