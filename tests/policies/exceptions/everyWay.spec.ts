import { EnforcementLevel, type AnalyzeDiagnostic } from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { loadPacks } from "../../../engine/policyPacks";
import { combinePacks } from "../../../policies/combinedPack";
import { daysLater, today } from "../../../policies/exceptions/day";
import { packsForStack } from "../../../policies/stackPacks";
import { buildPacks } from "../../../tools/policyPackages";
import { infoOf } from "../../support/analyzer";
import { rejectionOf } from "../../support/rejection";
import { runPolicyPack, startPack, type PackProcess } from "../support/packProcess";

const repository = path.resolve(__dirname, "../../..");
const until = daysLater(today(), 30);
const grant = {
  resource: "one",
  stack: "test",
  reason: "An old image needs it",
  owner: "web team",
  until,
};
const file = (stack: string) =>
  [
    "exceptions:",
    "  - rules: [guardrails/imdsv2, production/database-multi-az]",
    ...Object.entries({ ...grant, stack }).map(([name, value]) => `    ${name}: ${value}`),
  ].join("\n");

const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";
const template = { metadataOptions: { httpTokens: "optional" } };

/** Each diagnostic as `policy level`. */
const summary = (diagnostics: readonly AnalyzeDiagnostic[]) =>
  diagnostics
    .map((each) => [each.getPolicyname(), each.getEnforcementlevel()] as const)
    .filter(([name]) => name === "imdsv2" || name === "excepted");

describe("an exception", () => {
  let folder: string;
  const started: PackProcess[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "exceptions-"));
    for (const name of ["node_modules", "components"]) {
      await symlink(path.join(repository, name), path.join(folder, name));
    }
  });
  after(async () => {
    for (const each of started) each.stop();
    await rm(folder, { recursive: true });
  });

  const start = async (packFolder: string) => {
    const pack = await startPack(packFolder);
    started.push(pack);
    return pack;
  };

  /** A copy of the packs with other exceptions. */
  const copied = async (name: string, text: string) => {
    const copy = path.join(folder, name);
    await cp(path.join(repository, "policies"), copy, { recursive: true });
    await writeFile(path.join(copy, "exceptions.yaml"), text);
    return path.join(copy, "guardrails");
  };

  const expectExcepted = async (pack: PackProcess) => {
    const diagnostics = await pack.analyze(launchTemplate, template);
    expect(summary(diagnostics)).to.deep.equal([["excepted", EnforcementLevel.ADVISORY]]);
    const excepted = diagnostics.find((each) => each.getPolicyname() === "excepted");
    expect(excepted?.getMessage()).to.contain(
      `imdsv2: excepted until ${until}, because An old image needs it. Owner: web team.\none (${launchTemplate}): metadataOptions.httpTokens is "optional".`,
    );
  };

  it("applies to a pack that Pulumi's command line starts in the repository", async () => {
    // The engine sends back what the pack names as its configuration.
    const pack = await start(await copied("policies", file("test")));
    expect(await initialConfigOf(pack)).to.deep.equal({ exceptions: [grant] });
    await pack.configure({ imdsv2: { exceptions: [grant] } });
    await expectExcepted(pack);
  });

  it("stops a pack whose file is wrong, with the line", async () => {
    const broken = await copied("broken", file("test").replace(until, "2026-02-30"));
    const { status, stderr } = await ended(broken);
    expect(status).to.equal(1);
    expect(stderr).to.match(/\/exceptions\.yaml:7: until: "2026-02-30" - allowed: a day as YYYY-MM-DD/);
  });

  it("applies to a pack that a policy server configures", async () => {
    await buildPacks(path.join(folder, "built"));
    const pack = await start(path.join(folder, "built", "guardrails"));
    expect(summary(await pack.analyze(launchTemplate, template))).to.deep.equal([
      ["imdsv2", EnforcementLevel.MANDATORY],
    ]);
    await pack.configure({ imdsv2: { exceptions: [grant] } });
    await expectExcepted(pack);
  });

  it("applies to npm run local and npm run policy, for the rules of each pack", async () => {
    const exceptions = path.join(folder, "exceptions.yaml");
    await writeFile(exceptions, file("prod"));
    const { initialConfig } = combinePacks(await loadPacks(packsForStack("prod"), { exceptions }));
    const config = { enforcementLevel: "mandatory", exceptions: [{ ...grant, stack: "prod" }] };
    expect(initialConfig).to.deep.equal({
      "guardrails/imdsv2": config,
      "production/database-multi-az": config,
    });
  });

  it("of the class's stack applies to all students, and no other", async () => {
    const exceptions = path.join(folder, "exceptions.yaml");
    const configOf = async (stack: string) => {
      await writeFile(exceptions, file(stack));
      const options = { exceptions, ofStack: "lab" };
      return combinePacks(await loadPacks(packsForStack("lab"), options)).initialConfig;
    };
    expect(await configOf("lab")).to.deep.equal({
      "guardrails/imdsv2": { enforcementLevel: "mandatory", exceptions: [{ ...grant, stack: "*" }] },
    });
    expect(await configOf("prod")).to.deep.equal({});
  });

  it("that is wrong stops npm run local and a class, with the line", async () => {
    const exceptions = path.join(folder, "exceptions.yaml");
    await writeFile(exceptions, file("prod").replace("owner: web team", "owner:"));
    expect(await rejectionOf(loadPacks(packsForStack("prod"), { exceptions }))).to.contain(
      `${exceptions}:6: owner: null - allowed: one line with who answers for it`,
    );
  });
});

/** The configuration of imdsv2 that a pack asks the engine for. */
async function initialConfigOf({ client }: PackProcess): Promise<unknown> {
  const info = await infoOf(client);
  return info.getInitialconfigMap().get("imdsv2")?.getProperties()?.toJavaScript();
}

/** Starts a pack that ends by itself. */
function ended(packFolder: string): Promise<{ readonly status: number | null; readonly stderr: string }> {
  const pack = spawn(process.execPath, [runPolicyPack, "127.0.0.1:1", "."], { cwd: packFolder });
  let stderr = "";
  pack.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    pack.once("error", reject);
    pack.once("close", (status) => {
      resolve({ status, stderr });
    });
  });
}
