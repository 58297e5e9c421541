/**
 * A replacement for `pulumi-language-nodejs`, the part of the official CLI that starts Node programs: its Go module
 * is not published. It starts the SDK's own entry points with the real one's arguments, environment and working
 * directory, and reads the same options, so that tests use `Pulumi.yaml` and `PulumiPolicy.yaml` unchanged. It omits
 * features that this program does not use: the proxy for synchronous calls, installing dependencies, debuggers. The
 * engine finds it through PULUMI_DEBUG_LANGUAGES. It prints its port and serves until it is ended.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/pulumi-language-nodejs/main.go
 */
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  GetRequiredPackagesResponse,
  LanguageHandshakeResponse,
  type ProgramInfo,
  type RunPluginRequest,
  RunPluginResponse,
  type RunRequest,
  RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";

/** The program has already printed the error and its fix: the engine adds nothing. */
const exitCodeOfReportedError = 32;

/** A script of the Pulumi SDK in that folder. */
function entryPoint(name: string, programDirectory: string): string {
  return createRequire(path.join(programDirectory, "any.js")).resolve(`@pulumi/pulumi/cmd/${name}`);
}

/** The options of `runtime:` in the project's or the pack's file. */
function runtimeOptions(info: ProgramInfo) {
  const options = new Map(Object.entries(info.getOptions()?.toJavaScript() ?? {}));
  const nodeargs = options.get("nodeargs");
  return {
    environment: options.get("typescript") === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" },
    nodeArguments: typeof nodeargs === "string" ? nodeargs.split(" ").filter((word) => word !== "") : [],
  };
}

async function run(request: RunRequest, engineAddress: string): Promise<RunResponse> {
  const info = infoOf(request);
  const { environment, nodeArguments } = runtimeOptions(info);
  const options = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info.getRootDirectory(),
    stack: request.getStack(),
    pwd: info.getProgramDirectory(),
  };
  const child = spawn(
    "node",
    [
      ...nodeArguments,
      entryPoint("run", info.getProgramDirectory()),
      ...Object.entries(options).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      ...["--parallel", request.getParallel().toString()],
      info.getEntryPoint(),
      ...request.getArgsList(),
    ],
    {
      cwd: info.getProgramDirectory(),
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        ...environment,
        PULUMI_CONFIG: JSON.stringify(configOf(request)),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
    },
  );
  const exit: readonly unknown[] = await once(child, "exit");
  const exitCode = exit[0];
  const response = new RunResponse();
  if (exitCode === exitCodeOfReportedError) response.setBail(true);
  else if (exitCode !== 0) response.setError(`Program exited with non-zero exit code: ${String(exitCode)}`);
  return response;
}

/** Keys as the real one passes them: `wordpress:config:fleet`. */
function configOf(request: RunRequest): Readonly<Record<string, string>> {
  const entries = request.getConfigMap().toArray();
  return Object.fromEntries(entries.map(([key, value]) => [key.replace(":", ":config:"), value]));
}

function runPolicyPack(call: grpc.ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
  const { request } = call;
  const info = infoOf(request);
  const { environment, nodeArguments } = runtimeOptions(info);
  const programDirectory = info.getProgramDirectory();
  const child = spawn(
    "node",
    // The real one also puts `nodeargs` there, although Node does not read them.
    [
      entryPoint("run-policy-pack", programDirectory),
      ...nodeArguments,
      ...request.getArgsList(),
      programDirectory,
    ],
    {
      cwd: programDirectory,
      env: { ...environmentOf(request), ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  child.stdout.on("data", (chunk: Buffer) => call.write(new RunPluginResponse().setStdout(chunk)));
  child.stderr.on("data", (chunk: Buffer) => call.write(new RunPluginResponse().setStderr(chunk)));
  call.on("cancelled", () => child.kill());
  child.on("exit", (code) => {
    call.write(new RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
}

function environmentOf(request: RunPluginRequest): NodeJS.ProcessEnv {
  const entries = request.getEnvList().map((entry) => {
    const end = entry.indexOf("=");
    return [entry.slice(0, end), entry.slice(end + 1)] as const;
  });
  return Object.fromEntries(entries);
}

function infoOf(request: { getInfo: () => ProgramInfo | undefined }): ProgramInfo {
  const info = request.getInfo();
  if (info === undefined) throw new TypeError("the engine did not say which program to run");
  return info;
}

function answer<Request, Response>(
  respond: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    Promise.resolve()
      .then(() => respond(request))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback({ code: grpc.status.INTERNAL, message: String(error) });
        },
      );
  };
}

let engineAddress = "";
const server = new grpc.Server();
server.addService(LanguageRuntimeService, {
  handshake: answer((request: { getEngineAddress: () => string }) => {
    engineAddress = request.getEngineAddress();
    return new LanguageHandshakeResponse();
  }),
  getRequiredPackages: answer(() => new GetRequiredPackagesResponse()),
  getPluginInfo: answer(() => new PluginInfo().setVersion("1.0.0")),
  run: answer((request: RunRequest) => run(request, engineAddress)),
  runPlugin: runPolicyPack,
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  console.log(String(port));
});
