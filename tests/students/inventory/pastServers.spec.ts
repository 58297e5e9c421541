import { expect } from "chai";

import { lives } from "../../../students/inventory/pastServers";

const at = (hour: number) => new Date(Date.UTC(2026, 11, 1, hour));
const launched = (id: string, hour: number) => ({
  Description: `Launching a new EC2 instance: ${id}`,
  StartTime: at(hour),
});
const terminated = (id: string, hour: number) => ({
  Description: `Terminating EC2 instance: ${id}`,
  StartTime: at(hour),
});

describe("a group's past servers", () => {
  it("are those that it launched and terminated, with the times of both", () => {
    expect(
      lives([
        terminated("i-0a", 5),
        launched("i-0b", 4),
        launched("i-0a", 2),
        { Description: "Other", StartTime: at(1) },
      ]),
    ).to.deep.equal([{ id: "i-0a", from: at(2), until: at(5) }]);
  });

  it("do not include a server whose launch AWS no longer reports", () => {
    expect(lives([terminated("i-0a", 5)])).to.deep.equal([]);
  });
});
