import { expect } from "chai";

import { itemsOf } from "../../../students/handmade/items";
import type { Origin } from "../../../students/inventory/origin";
import type { Kind, Resource } from "../../../students/inventory/resource";
import { handmadeLines, itemText } from "../../../students/ui/handmadeText";

const made = (kind: Kind, id: string, more: Partial<Resource> = {}, origin: Origin = "hand") => ({
  origin,
  resource: {
    kind,
    id,
    detail: "",
    tags: {},
    createdAt: undefined,
    dollarsPerHour: 1,
    running: false,
    uses: [],
    ...more,
  },
});

const idsOf = (...all: ReturnType<typeof made>[]) => itemsOf(all).map(({ resource: { id } }) => id);

describe("what was made by hand", () => {
  it("is neither the stack's, nor others', nor of unknown origin", () => {
    expect(
      idsOf(
        made("server", "hand"),
        made("server", "stack", {}, "stack"),
        made("server", "other", {}, "other"),
        made("server", "unclear", {}, "unclear"),
      ),
    ).to.deep.equal(["hand"]);
  });

  it("is one item with what AWS deletes with it, at the price of all", () => {
    const items = itemsOf([
      made("group", "group", { dollarsPerHour: 0 }),
      made("server", "i-1", { goesWith: "group" }),
      made("volume", "vol-1", { goesWith: "i-1", dollarsPerHour: 0.5 }),
      made("volume", "vol-2"),
    ]);
    expect(items.map(({ resource, dollarsPerDay }) => [resource.id, dollarsPerDay])).to.deep.equal([
      ["group", 36],
      ["vol-2", 24],
    ]);
    expect(items.map(itemText)).to.deep.equal([
      "group group with server i-1, volume vol-1, $36.00 a day",
      "volume vol-2, $24.00 a day",
    ]);
  });

  it("does not include what goes with a part of the stack", () => {
    expect(
      idsOf(made("server", "i-1", {}, "stack"), made("volume", "vol-1", { goesWith: "i-1" })),
    ).to.deep.equal([]);
  });

  it("includes what would go with something that no longer exists", () => {
    expect(idsOf(made("alarm", "TargetTracking", { goesWith: "gone" }))).to.deep.equal(["TargetTracking"]);
  });

  it("has an unknown price when a part has one", () => {
    const [item] = itemsOf([made("server", "i-1", { dollarsPerHour: undefined })]);
    expect(item?.dollarsPerDay).to.equal(undefined);
    expect(item === undefined ? "" : itemText(item)).to.equal("server i-1, price not known");
  });
});

describe("the end of down", () => {
  const [item] = itemsOf([made("server", "i-1", { detail: "t3.micro, running" })]);
  const result = { id: "kim", unclear: [], unseen: [] };
  const linesOf = (...removals: Parameters<typeof handmadeLines>[0][number]["removals"]) =>
    handmadeLines([{ ...result, removals }], "down --all");

  it("names what was removed, what AWS refused and why, and the command for the rest", () => {
    if (item === undefined) throw new Error("no item");
    expect(linesOf({ item, state: "removed" })).to.deep.equal([
      "kim: made by hand, removed: server i-1 (t3.micro, running), $24.00 a day",
    ]);
    expect(linesOf({ item, state: "refused", reason: "OperationNotPermitted: protected" })).to.deep.equal([
      "kim: made by hand, not removed, because AWS refused (OperationNotPermitted: protected): server i-1 (t3.micro, running), $24.00 a day",
    ]);
    expect(linesOf({ item, state: "kept" }).at(-1)).to.equal(
      "To remove everything that was made by hand: down --all",
    );
  });

  it("names what was not seen", () => {
    const { resource } = made("volume", "vol-9");
    expect(
      handmadeLines(
        [
          {
            id: "kim",
            removals: [],
            unclear: [resource],
            unseen: [{ kind: "file system", reason: "AccessDenied: no" }],
            reason: "the credentials have expired",
          },
        ],
        "",
      ),
    ).to.deep.equal([
      "kim: not searched for resources that were made by hand: the credentials have expired",
      "kim: not known whose it is, kept: volume vol-9",
      "kim: AWS did not list each file system: AccessDenied: no",
    ]);
  });
});
