import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  AnalyzerResourceOptions,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { servePacks, type ServedPacks } from "../../engine/policyPacks";
import type { StackPack, PackName } from "../../policies/stackPacks";
import { infoOf } from "../support/analyzer";
import { rejectionOf } from "../support/rejection";

const packFolder = (name: string) => path.resolve(__dirname, "../../policies", name);
const heldBy = (name: PackName, configFile?: string): StackPack => ({
  name,
  folder: packFolder(name),
  configFile,
});

describe("the policy packs of a run", () => {
  let folder: string;
  const closing: (() => void)[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "packs-"));
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) close();
    await rm(folder, { recursive: true });
  });

  async function serve(...stackPacks: readonly StackPack[]): Promise<ServedPacks> {
    const served = await servePacks(stackPacks);
    closing.push(served.stop);
    return served;
  }

  /** The pack, as the engine calls it. */
  async function clientOf(served: ServedPacks): Promise<AnalyzerClient> {
    const [executable = "", ...others] = await served.policyPacksIn(folder);
    expect(others).to.deep.equal([]);
    const { stdout } = await promisify(execFile)(executable);
    const client = new AnalyzerClient(`127.0.0.1:${Number(stdout)}`, credentials.createInsecure());
    closing.push(() => {
      client.close();
    });
    return client;
  }

  const ask = async (served: ServedPacks) => infoOf(await clientOf(served));

  /** The remediation of a volume without encryption. */
  async function remediate(served: ServedPacks): Promise<readonly string[]> {
    const client = await clientOf(served);
    // The engine gives a pack its own description back.
    const configuring = new ConfigureAnalyzerRequest();
    for (const [name, config] of (await infoOf(client)).getInitialconfigMap().entries()) {
      configuring.getPolicyconfigMap().set(name, config.setProperties(new Struct()));
    }
    await new Promise<void>((resolve, reject) => {
      client.configure(configuring, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
    const request = new AnalyzeRequest()
      .setType("aws:ebs/volume:Volume")
      .setUrn("urn:pulumi:prod::wordpress::aws:ebs/volume:Volume::data")
      .setName("data")
      .setOptions(new AnalyzerResourceOptions())
      .setProperties(Struct.fromJavaScript({ availabilityZone: "us-east-1a", encrypted: false }));
    const response = await new Promise<RemediateResponse>((resolve, reject) => {
      client.remediate(request, (error, answer) => {
        if (error === null) resolve(answer);
        else reject(error);
      });
    });
    return response.getRemediationsList().map((each) => each.getPolicyname());
  }

  it("are served as one, with the rules of each under its name", async () => {
    const info = await ask(await serve(heldBy("guardrails"), heldBy("production")));
    const names = info.getPoliciesList().map((policy) => policy.getName());
    expect(names).to.include("guardrails/imdsv2").and.to.include("production/minimum-servers");
    expect(new Set(names.map((name) => name.split("/")[0]))).to.deep.equal(
      new Set(["guardrails", "production"]),
    );
    expect(info.getInitialconfigMap().getLength()).to.equal(0);
  });

  it("of several stacks are served at the same time, each with its own thresholds", async () => {
    const configFile = path.join(folder, "prod.production.json");
    await writeFile(configFile, '{ "minimum-servers": { "minimumServers": 3 } }');
    const [strict, usual] = [
      await serve(heldBy("production", configFile)),
      await serve(heldBy("production")),
    ];
    const config = (await ask(strict)).getInitialconfigMap();
    expect(config.getLength()).to.equal(1);
    const minimum = config.get("production/minimum-servers");
    expect(minimum?.getProperties()?.toJavaScript()).to.deep.equal({ minimumServers: 3 });
    expect(minimum?.getEnforcementlevel()).to.equal(EnforcementLevel.MANDATORY);
    expect((await ask(usual)).getInitialconfigMap().getLength()).to.equal(0);
  });

  it("remediate only where their thresholds ask for it", async () => {
    const configFile = path.join(folder, "prod.guardrails.json");
    await writeFile(configFile, '{ "encrypted-volumes": "remediate" }');
    const [refusing, remediating] = [
      await serve(heldBy("guardrails")),
      await serve(heldBy("guardrails", configFile)),
    ];
    expect(await remediate(refusing)).to.deep.equal([]);
    expect(await remediate(remediating)).to.deep.equal(["guardrails/encrypted-volumes"]);
  });

  it("may be none", async () => {
    expect(await (await serve()).policyPacksIn(folder)).to.deep.equal([]);
  });

  it("are named with the reason when they cannot be loaded", async () => {
    const broken = path.join(folder, "broken");
    await mkdir(broken);
    await writeFile(path.join(broken, "pack.ts"), 'throw new Error("no rules");');
    const message = await rejectionOf(
      servePacks([heldBy("guardrails"), { ...heldBy("production"), folder: broken }]),
    );
    expect(message).to.equal(
      "The policy pack production cannot be loaded: no rules Fix the error above, then run the command again.",
    );
  });

  it("report all wrong thresholds at once", async () => {
    const files = [path.join(folder, "prod.guardrails.json"), path.join(folder, "prod.production.json")];
    const [guardrails = "", production = ""] = files;
    await writeFile(guardrails, '{ "imdsv3": "disabled" }');
    await writeFile(production, "{ not JSON");
    const message = await rejectionOf(
      servePacks([heldBy("guardrails", guardrails), heldBy("production", production)]),
    );
    expect(message).to.contain(
      `${guardrails}: imdsv3: the pack guardrails has no such rule; did you mean imdsv2?`,
    );
    expect(message).to.contain(`${production}: the file is not valid JSON`);
  });
});
