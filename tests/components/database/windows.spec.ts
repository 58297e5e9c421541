import { expect } from "chai";

import { databaseSettings } from "../../../components/database/settings";
import { problemsIn } from "../../../components/settings/parse";

const refused = (settings: object) => problemsIn(databaseSettings, settings).map(({ path }) => path);

describe("the database's windows", () => {
  for (const maintenanceWindow of ["sun:18:00-sun:18:30", "sun:23:45-mon:00:15", "mon:00:00-mon:23:59"]) {
    it(`accept ${maintenanceWindow} for maintenance`, () => {
      expect(refused({ maintenanceWindow })).to.deep.equal([]);
    });
  }

  for (const maintenanceWindow of [
    "sun:18:00-sun:18:29",
    "sun:18:00-sun:18:00",
    "mon:00:00-tue:00:00",
    "Sun:18:00-Sun:19:00",
    "sun:24:00-mon:01:00",
    "sunday:18:00-sunday:19:00",
    "18:00-19:00",
  ]) {
    it(`refuse ${maintenanceWindow} for maintenance`, () => {
      expect(refused({ maintenanceWindow })).to.deep.equal(["maintenanceWindow"]);
    });
  }

  for (const backupWindow of ["16:00-16:29", "16:00-24:00", "16-17", "16:00-16:00"]) {
    it(`refuse ${backupWindow} for backups`, () => {
      expect(refused({ backupWindow })).to.deep.equal(["backupWindow"]);
    });
  }

  for (const [maintenanceWindow, backupWindow, overlaps] of [
    ["sun:18:00-sun:19:00", "19:00-19:30", false],
    ["sun:18:00-sun:19:00", "17:30-18:00", false],
    ["sun:18:00-sun:19:00", "17:30-18:01", true],
    ["sun:18:00-sun:19:00", "18:59-19:30", true],
    ["sun:18:00-sun:19:00", "18:10-18:40", true],
    ["sun:18:10-sun:18:40", "18:00-19:00", true],
    ["sun:23:45-mon:00:15", "00:10-00:40", true],
    ["sun:23:45-mon:00:15", "23:15-23:46", true],
    ["mon:00:10-mon:00:40", "23:30-00:15", true],
    ["sun:23:45-mon:00:15", "00:15-00:45", false],
  ] as const) {
    it(`${overlaps ? "refuse" : "accept"} maintenance at ${maintenanceWindow} with backups at ${backupWindow}`, () => {
      expect(refused({ maintenanceWindow, backupWindow })).to.deep.equal(overlaps ? ["backupWindow"] : []);
    });
  }
});
