import { expect } from "chai";

import type { Places } from "../../../policies/report/places";
import { locateForStudent } from "../../../students/policy/locateForStudent";

const finding = {
  rule: "learner-lab/lab-instance-sizes",
  urn: undefined,
  at: "instanceType",
  allowed: "a small size",
};
const source = { file: "components/fleet.ts", line: 9 };
const inClass: Places = {
  setting: { setting: "fleet.schedules.0.min", file: "Pulumi.lab.yaml", line: 20, fix: "Change it." },
  source,
};
const lee = (settings: Readonly<Record<string, unknown>>) => ({ id: "lee", line: 3, settings });

describe("the place of a finding about a student's stack", () => {
  it("is the student's line of the roster, for a setting that the roster has", () => {
    const settings = { fleet: { schedules: [{ min: 5 }] } };
    expect(locateForStudent("class.csv", lee(settings), () => inClass)(finding)).to.deep.equal({
      setting: {
        setting: "settings.fleet.schedules.0.min",
        file: "class.csv",
        line: 3,
        fix: "Change settings.fleet.schedules.0.min of lee in class.csv, line 3 (a small size).",
      },
      source,
    });
    const { setting } = locateForStudent(
      "class.csv",
      lee(settings),
      () => inClass,
    )({ ...finding, allowed: undefined });
    expect(setting?.fix).to.equal("Change settings.fleet.schedules.0.min of lee in class.csv, line 3.");
  });

  it("is the class's file for every other setting, and the program's line without a setting", () => {
    for (const settings of [{}, { fleet: { schedules: [{ max: 5 }] } }, { fleet: "text" }]) {
      expect(locateForStudent("class.csv", lee(settings), () => inClass)(finding)).to.deep.equal(inClass);
    }
    expect(locateForStudent("class.csv", lee({}), () => ({ source }))(finding)).to.deep.equal({ source });
  });
});
