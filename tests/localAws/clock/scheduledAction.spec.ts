import { expect } from "chai";

import { isDue } from "../../../localAws/clock/scheduledAction";

const at = (text: string) => Date.parse(text);
const nine = at("2026-03-02T09:00:00Z");

describe("isDue", () => {
  it("runs an action without a recurrence once, at its start", () => {
    expect(isDue({ start: nine }, nine - 1000, nine)).to.be.true;
    expect(isDue({ start: nine }, nine, nine + 1000)).to.be.false;
    expect(isDue({ start: nine }, nine - 2000, nine - 1000)).to.be.false;
  });

  it("never runs an action with neither a start nor a recurrence", () => {
    expect(isDue({}, 0, nine)).to.be.false;
  });

  it("recurs in the action's time zone", () => {
    const daily = { recurrence: "0 18 * * *", timeZone: "Asia/Seoul" };
    expect(isDue(daily, nine - 1000, nine + 1000)).to.be.true;
    expect(isDue({ recurrence: "0 18 * * *" }, nine - 1000, nine + 1000)).to.be.false;
  });

  it("recurs from its start on, and until its end", () => {
    const daily = { recurrence: "0 9 * * *" };
    expect(isDue({ ...daily, start: nine }, nine - 1000, nine)).to.be.true;
    expect(isDue({ ...daily, start: nine + 1 }, nine - 1000, nine + 1000)).to.be.false;
    expect(isDue({ ...daily, end: nine }, nine - 1000, nine)).to.be.true;
    expect(isDue({ ...daily, end: nine - 1 }, nine - 1000, nine)).to.be.false;
  });
});
