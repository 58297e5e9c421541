/**
 * A stand-in for `pulumi-language-nodejs`, the part of the official CLI that starts Node programs: it cannot be
 * built where only Go's module proxy is open. It starts the SDK's own entry points with the arguments that the
 * real one gives, and reads the same options, so that `Pulumi.yaml` and `PulumiPolicy.yaml` are tried as they are.
 * The engine finds it through PULUMI_DEBUG_LANGUAGES. It prints its port and serves until it is ended.
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
import { join } from "node:path";

const sdk = createRequire(__filename).resolve("@pulumi/pulumi/package.json");
const entryPoint = (name: string) => join(sdk, "..", "cmd", name);

/** The options of `runtime:` in the project's or the pack's file. */
function runtimeOptions(info: ProgramInfo | undefined) {
  const options = new Map(Object.entries(info?.getOptions()?.toJavaScript() ?? {}));
  const nodeargs = options.get("nodeargs");
  return {
    typescript: options.get("typescript") !== false,
    nodeArguments: typeof nodeargs === "string" ? nodeargs.split(" ").filter((word) => word !== "") : [],
  };
}

async function run(request: RunRequest, engineAddress: string): Promise<RunResponse> {
  const info = request.getInfo();
  const { typescript, nodeArguments } = runtimeOptions(info);
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    pwd: request.getPwd(),
    parallel: request.getParallel().toString(),
  };
  const child = spawn(
    process.execPath,
    [
      ...nodeArguments,
      entryPoint("run"),
      ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info?.getEntryPoint() ?? ".",
    ],
    {
      cwd: request.getPwd(),
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PULUMI_NODEJS_TYPESCRIPT: String(typescript),
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
    },
  );
  const exit: readonly unknown[] = await once(child, "exit");
  const exitCode = exit[0];
  const response = new RunResponse();
  if (exitCode === 32) response.setBail(true);
  else if (exitCode !== 0) response.setError(`the program ended with ${String(exitCode)}`);
  return response;
}

function runPolicyPack(call: grpc.ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
  const { request } = call;
  const info = request.getInfo();
  const { nodeArguments } = runtimeOptions(info);
  const child = spawn(
    process.execPath,
    [
      ...nodeArguments,
      entryPoint("run-policy-pack"),
      ...request.getArgsList(),
      info?.getProgramDirectory() ?? ".",
    ],
    { cwd: request.getPwd(), env: process.env, stdio: ["ignore", "pipe", "pipe"] },
  );
  child.stdout.on("data", (chunk: Buffer) => call.write(new RunPluginResponse().setStdout(chunk)));
  child.stderr.on("data", (chunk: Buffer) => call.write(new RunPluginResponse().setStderr(chunk)));
  call.on("cancelled", () => child.kill());
  child.on("exit", (code) => {
    call.write(new RunPluginResponse().setExitcode(code ?? 1));
    call.end();
  });
}

function answer<Request, Response>(
  respond: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    Promise.resolve(respond(request)).then(
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
