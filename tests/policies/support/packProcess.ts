import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzerResourceOptions,
  AnalyzeRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
  type AnalyzeDiagnostic,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

/** The program with which Pulumi's language host starts a pack. */
export const runPolicyPack = path.resolve(
  __dirname,
  "../../../node_modules/@pulumi/pulumi/cmd/run-policy-pack",
);

/** A program that starts Node.js in another folder, as the language host does, and stays in its own. */
const startIn = `
const [, folder, ...words] = process.argv;
const pack = require("node:child_process").spawn(process.execPath, words, { cwd: folder, stdio: "inherit" });
pack.on("exit", (status) => process.exit(status ?? 1));
`;

/** A policy pack in a process of its own, as Pulumi's language host starts it. */
export interface PackProcess {
  readonly client: AnalyzerClient;
  /** Sets the rules' configurations, as the engine does. */
  readonly configure: (rules: Readonly<Record<string, Record<string, JavaScriptValue>>>) => Promise<void>;
  /** The violations that all rules report for a resource. */
  readonly analyze: (
    type: string,
    properties: Readonly<Record<string, JavaScriptValue>>,
  ) => Promise<readonly AnalyzeDiagnostic[]>;
  readonly stop: () => void;
}

/**
 * @param folder the pack's
 * @param env variables in addition to this process's
 * @param parentFolder the folder of the process that starts the pack, as with `pulumi -C`; default: this process's
 */
export async function startPack(
  folder: string,
  env: NodeJS.ProcessEnv = {},
  parentFolder = process.cwd(),
): Promise<PackProcess> {
  // The last argument is the engine's address, which a pack does not use.
  const server = spawn(process.execPath, ["-e", startIn, folder, runPolicyPack, "127.0.0.1:1", "."], {
    cwd: parentFolder,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
    detached: true,
  });
  const lines: unknown[] = await once(createInterface({ input: server.stdout }), "line");
  const client = new AnalyzerClient(`127.0.0.1:${String(lines[0])}`, credentials.createInsecure());
  return {
    client,
    configure: (rules) => configure(client, rules),
    analyze: (type, properties) => analyze(client, type, properties),
    stop: () => {
      client.close();
      // The program and the pack.
      if (server.pid !== undefined) process.kill(-server.pid);
    },
  };
}

function configure(
  client: AnalyzerClient,
  rules: Readonly<Record<string, Record<string, JavaScriptValue>>>,
): Promise<void> {
  const request = new ConfigureAnalyzerRequest();
  for (const [rule, properties] of Object.entries(rules)) {
    const config = new PolicyConfig()
      .setEnforcementlevel(EnforcementLevel.MANDATORY)
      .setProperties(Struct.fromJavaScript(properties));
    request.getPolicyconfigMap().set(rule, config);
  }
  return new Promise((resolve, reject) => {
    client.configure(request, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

function analyze(
  client: AnalyzerClient,
  type: string,
  properties: Readonly<Record<string, JavaScriptValue>>,
): Promise<readonly AnalyzeDiagnostic[]> {
  const request = new AnalyzeRequest()
    .setType(type)
    .setUrn(`urn:pulumi:test::wordpress::${type}::one`)
    .setName("one")
    .setProperties(Struct.fromJavaScript({ ...properties }))
    .setOptions(new AnalyzerResourceOptions());
  return new Promise((resolve, reject) => {
    client.analyze(request, (error, response) => {
      if (error === null) resolve(response.getDiagnosticsList());
      else reject(error);
    });
  });
}
