import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";

import type { DatabaseOptions, DatabaseSettings } from "../../../components/database/options";
import type { databaseSettings } from "../../../components/database/settings";
import { databaseArgs } from "../../../components/database/settings";
import type { MonitoringOptions, MonitoringSettings } from "../../../components/monitoring/options";
import type { monitoringSettings } from "../../../components/monitoring/settings";
import type { NetworkArgs } from "../../../components/network/args";
import type { NetworkOptions, NetworkSettings } from "../../../components/network/options";
import type { networkSettings } from "../../../components/network/settings";
import { networkArgs } from "../../../components/network/settings";
import type { LauncherOptions, LauncherSettings } from "../../../components/scheduledLauncher/options";
import { launcherArgs, type launcherSettings } from "../../../components/scheduledLauncher/settings";
import type { LifetimeOptions, LifetimeSettings } from "../../../components/scheduledPause/options";
import type { lifetimeSettings } from "../../../components/scheduledPause/settings";
import type { FleetOptions, FleetSettings } from "../../../components/wordpressFleet/options";
import { fleetArgs, type fleetSettings } from "../../../components/wordpressFleet/settings";
import { stackSettings, type StackSettings } from "../../../stackSettings";
import { factsOf, groupFacts, shapeOf, type SettingFacts } from "../../../tools/settings/facts";
import { currentOptionFiles, optionGroups } from "../../../tools/settings/optionFiles";
import { readHovers, type Hover } from "../../support/tsDocs";

const root = join(__dirname, "..", "..", "..");

const files = [
  ...optionGroups.flatMap(({ folder }) =>
    ["options.ts", "args.ts"].map((name) => `components/${folder}/${name}`),
  ),
  "components/wordpressFleet/uploads.ts",
  "components/shared/builderPlace.ts",
  "stackSettings.ts",
].map((path) => join(root, path));

/** What an editor should show for a setting. */
const expected = ({ meaning, unit, range, default: fallback }: SettingFacts): Hover => ({
  meaning,
  facts: { ...(unit === undefined ? {} : { Unit: unit }), ...(range === undefined ? {} : { Range: range }) },
  default: fallback?.text,
  isOptional: fallback !== undefined,
});

describe("an editor's hover", () => {
  const membersOf = readHovers(files);

  for (const { group, prefix, schema } of optionGroups) {
    it(`shows meaning, unit, range and default of every setting of the ${group}, as its schema has them`, () => {
      const facts = groupFacts(group, schema);
      const members = membersOf(`${prefix}Options`);
      expect([...members.keys()]).to.deep.equal(facts.map(({ name }) => name));
      for (const each of facts) expect(members.get(each.name), each.path).to.deep.equal(expected(each));
    });

    it(`shows the same for the settings of the ${group} with their defaults`, () => {
      const members = membersOf(`${prefix}Settings`);
      const facts = groupFacts(group, schema);
      expect(members.size).to.equal(facts.length);
      for (const each of facts) {
        const isOptional = each.default?.isValue === false;
        expect(members.get(each.name), each.path).to.deep.equal({ ...expected(each), isOptional });
      }
    });
  }

  it("shows the same for the keys inside of a setting", () => {
    for (const { group, prefix, schema } of optionGroups) {
      for (const { name, parts } of groupFacts(group, schema)) {
        for (const { discriminator, fields, inList } of parts) {
          const type = `${prefix}${capital(name)}${capital(discriminator?.value ?? "")}`;
          const members = membersOf(inList ? type.replace(/s$/, "") : type);
          expect([...members.keys()], type).to.deep.equal(fields.map((field) => field.name));
          for (const field of fields)
            expect(members.get(field.name), field.path).to.deep.equal(expected(field));
        }
      }
    }
  });

  for (const [type, schema] of [
    ["NetworkArgs", networkArgs],
    ["DatabaseArgs", databaseArgs],
    ["WordPressFleetArgs", fleetArgs],
    ["ScheduledLauncherArgs", launcherArgs],
  ] as const) {
    it(`shows the meaning of every argument in ${type}, and the default of every optional one`, () => {
      const members = membersOf(type);
      for (const [name, field] of Object.entries(shapeOf(schema))) {
        expect(members.get(name), `${type}.${name}`).to.deep.equal(expected(factsOf(name, field)));
      }
      for (const [name, { meaning, default: fallback, isOptional }] of members) {
        expect(meaning, `${type}.${name}`).to.match(/^[A-Z].*\.$/);
        expect(fallback === undefined, `${type}.${name} has @default`).to.equal(!isOptional);
      }
    });
  }

  for (const type of ["FleetDatabase", "UploadsPlace", "BuilderPlace"]) {
    it(`shows the meaning of every key in ${type}`, () => {
      for (const [name, { meaning }] of membersOf(type)) expect(meaning, name).to.match(/^[A-Z].*\.$/);
    });
  }

  it("shows the stack's tags as their schema has them, and the meaning of each group", () => {
    const members = membersOf("StackSettings");
    expect([...members.keys()]).to.deep.equal(Object.keys(stackSettings.shape));
    const tags = expected(factsOf("tags", stackSettings.shape.tags));
    expect(members.get("tags")).to.deep.equal({ ...tags, isOptional: false });
    for (const [name, { meaning }] of members) expect(meaning, name).to.match(/^[A-Z].*\.$/);
  });
});

describe("the generated options", () => {
  it("are current (else: npm run docs)", async () => {
    for (const [path, text] of await currentOptionFiles()) {
      expect(readFileSync(join(root, path), "utf8"), path).to.equal(text);
    }
  });

  it("have the types that the schemas accept and return", () => {
    // The compiler refuses `true` for two types that differ.
    const same: readonly [
      Same<NetworkOptions, z.input<typeof networkSettings>>,
      Same<NetworkSettings, z.output<typeof networkSettings>>,
      Same<NetworkArgs, z.input<typeof networkArgs>>,
      Same<DatabaseOptions, z.input<typeof databaseSettings>>,
      Same<DatabaseSettings, z.output<typeof databaseSettings>>,
      Same<FleetOptions, z.input<typeof fleetSettings>>,
      Same<FleetSettings, z.output<typeof fleetSettings>>,
      Same<LauncherOptions, z.input<typeof launcherSettings>>,
      Same<LauncherSettings, z.output<typeof launcherSettings>>,
      Same<MonitoringOptions, z.input<typeof monitoringSettings>>,
      Same<MonitoringSettings, z.output<typeof monitoringSettings>>,
      Same<LifetimeOptions, z.input<typeof lifetimeSettings>>,
      Same<LifetimeSettings, z.output<typeof lifetimeSettings>>,
      Same<StackSettings, z.output<typeof stackSettings>>,
    ] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true];
    expect(same).not.to.include(false);
  });
});

/** Whether the types are the same. Another test compares which keys are optional. */
type Same<A, B> = [Plain<A>] extends [Plain<B>] ? ([Plain<B>] extends [Plain<A>] ? true : false) : false;

/** The type with every key required and read-only. */
type Plain<T> = T extends readonly (infer Element)[]
  ? readonly Plain<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]-?: Plain<T[Key]> }
    : T;

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
