import { expect } from "chai";

import { chosenAlarm } from "../../siteCommands/alarms/chosenAlarm";
import type { StackAlarm } from "../../siteCommands/alarms/stackAlarms";

const alarm = (page: string, more: Partial<StackAlarm> = {}): StackAlarm => ({
  name: `wordpress-${page}-1a2b3c4`,
  tag: `wordpress-${page}`,
  state: "OK",
  actionsEnabled: true,
  topicArns: ["arn:aws:sns:us-east-1:123456789012:wordpress-fleet"],
  ...more,
});
const on = alarm("no-healthy-server", { state: "ALARM" });
const paused = alarm("server-errors", { actionsEnabled: false });
const good = alarm("site-unwell", { state: "INSUFFICIENT_DATA" });

describe("the alarm of a test", () => {
  it("is the first one whose change of state sends mail", () => {
    expect(chosenAlarm([on, paused, good], undefined, "dev")).to.equal(good);
  });

  it("is the one with this name, this tag, or this page of the runbook", () => {
    for (const word of ["wordpress-site-unwell-1a2b3c4", "wordpress-site-unwell", "site-unwell"]) {
      expect(chosenAlarm([on, good], word, "dev"), word).to.equal(good);
    }
  });

  it("is refused when it would send no mail or does not exist", () => {
    expect(() => chosenAlarm([on, good], "no-healthy-server", "dev")).to.throw("is in ALARM now");
    expect(() => chosenAlarm([paused], "server-errors", "dev")).to.throw("the fleet is paused");
    expect(() => chosenAlarm([good], "nothing", "dev")).to.throw("wordpress-site-unwell  INSUFFICIENT_DATA");
    expect(() => chosenAlarm([on, paused], undefined, "dev")).to.throw("no alarm that can be tested");
    expect(() => chosenAlarm([], undefined, "dev")).to.throw("no alarm that can be tested");
  });
});
