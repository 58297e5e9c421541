import { expect } from "chai";

import { readSettingsFile } from "../../../components/settings/settingsFile";
import { locateIn } from "../../../engine/places/locate";
import type { Unplaced } from "../../../policies/report/places";

const file = readSettingsFile(
  "Pulumi.prod.yaml",
  Buffer.from(`config:
  aws:region: eu-west-1
  wordpress:database:
    multiAz: false
  wordpress:fleet:
    capacity: { min: 1, desired: 2,
      max: 6 }
    schedules:
      - { name: morning, min: 2 }
      - name: evening
        min: 1
`),
);
const made = { file: "components/x.ts", line: 7 };
const locate = locateIn(file, (urn) => (urn.includes("elsewhere") ? undefined : made));
const finding = (type: string, name: string, at?: string, rule = "production/any"): Unplaced => ({
  rule,
  urn: `urn:pulumi:prod::wordpress::wordpress:fleet:WordPressFleet$${type}::${name}`,
  at,
  allowed: "at least 2",
});
const group = "aws:autoscaling/group:Group";
const schedule = "aws:autoscaling/schedule:Schedule";

describe("the places of a finding", () => {
  it("are the setting's line, with a fix for it, and the line that creates the resource", () => {
    expect(locate(finding(group, "wordpress-fleet", "minSize"))).to.deep.equal({
      setting: {
        setting: "fleet.capacity.min",
        file: "Pulumi.prod.yaml",
        line: 6,
        fix: "Change fleet.capacity.min in Pulumi.prod.yaml, line 6 (at least 2).",
      },
      source: made,
    });
    expect(locate(finding(group, "wordpress-fleet", "maxSize")).setting?.line).to.equal(7);
  });

  it("are the item of a list with the resource's name", () => {
    const { setting } = locate(finding(schedule, "wordpress-evening", "minSize"));
    expect(setting).to.deep.include({ setting: "fleet.schedules.1.min", line: 11 });
    expect(locate(finding(schedule, "wordpress-morning", "minSize")).setting?.line).to.equal(9);
  });

  it("name the value where only one is right, and add a setting that is missing", () => {
    const database = "aws:rds/instance:Instance";
    expect(locate(finding(database, "db", "multiAz")).setting?.fix).to.equal(
      "Set database.multiAz to true in Pulumi.prod.yaml, line 4.",
    );
    expect(locate(finding(database, "db", "skipFinalSnapshot")).setting).to.deep.include({
      line: 3,
      fix: "Add database.finalSnapshot: true to Pulumi.prod.yaml, below line 3.",
    });
    expect(locate(finding("aws:lambda/function:Function", "l", "memorySize")).setting).to.deep.include({
      line: 1,
      fix: "Add launcher.memoryMiB to Pulumi.prod.yaml, below line 1 (at least 2).",
    });
  });

  it("are a key of the provider", () => {
    expect(locate(finding("pulumi:providers:aws", "default", "region")).setting).to.deep.include({
      setting: "aws:region",
      line: 2,
    });
  });

  it("depend on the rule where the property does not decide", () => {
    const uploads = finding("aws:efs/fileSystem:FileSystem", "uploads", "its backup policy");
    expect(locate(uploads).setting).to.equal(undefined);
    expect(locate({ ...uploads, rule: "production/file-system-backups" }).setting?.setting).to.equal(
      "fleet.uploadsBackups",
    );
    const stack = { ...uploads, urn: "urn:pulumi:prod::wordpress::pulumi:pulumi:Stack::wordpress-prod" };
    expect(locate({ ...stack, rule: "learner-lab/lab-server-count" })).to.deep.include({ source: undefined });
    expect(locate({ ...stack, rule: "learner-lab/lab-server-count" }).setting?.setting).to.equal(
      "fleet.capacity.max",
    );
  });

  it("are only the program's line where no setting decides, or the stack has no file", () => {
    const subnet = finding("aws:ec2/subnet:Subnet", "private-1", "mapPublicIpOnLaunch");
    expect(locate(subnet)).to.deep.equal({ setting: undefined, source: made });
    const noFile = locateIn(undefined, () => made);
    expect(noFile(finding(group, "wordpress-fleet", "minSize"))).to.deep.equal({
      setting: undefined,
      source: made,
    });
    expect(locate(finding("aws:ec2/subnet:Subnet", "elsewhere"))).to.deep.equal({
      setting: undefined,
      source: undefined,
    });
  });
});
