/**
 * Serves policies to the engine in this process. Another process would load again what this one has loaded, and its code
 * would start slow, as V8 optimizes code while it runs.
 *
 * Needed, not speed: the policy SDK serves one pack per process, keeps its settings in its modules, keeps its server to
 * itself, and prints the port to standard output. With this patch several packs run in one process.
 * Speed only: where no rule remediates, the SDK still reads all properties before it answers that; the patch answers at
 * once. {@link analyzeByType} calls only the rules of a resource's type. The SDK also reads a resource's properties again for each rule, and those of the whole stack for each rule about
 * the stack; the patch reads them once. No rule may change them: their types are read-only.
 *
 * Upstream: https://github.com/pulumi/pulumi/issues/6500 is about the time that policies take.
 * Checked against: @pulumi/policy 1.21.0, @grpc/grpc-js 1.14.7.
 */
import { Server } from "@grpc/grpc-js";
import type { PolicyPackArgs, PolicyPackConfig } from "@pulumi/policy";
import { RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import path from "node:path";

import { analyzeByType, type Service } from "./analyzeByType";
import { internalFunction } from "./internals";
import { speedPatchesAreOn } from "./speedPatches";

export interface Analyzer {
  readonly port: number;
  readonly stop: () => void;
}

/** A pack as the policy SDK takes it. */
export interface ServedPack {
  readonly name: string;
  readonly version: string;
  readonly policies: readonly PolicyPackArgs["policies"][number][];
  readonly initialConfig: PolicyPackConfig;
}

const sdk = path.join("node_modules", "@pulumi", "policy") + path.sep;

export function serveAnalyzer({ name, version, policies, initialConfig }: ServedPack): Promise<Analyzer> {
  // Each pack has modules of the SDK of its own.
  for (const file of Object.keys(require.cache)) {
    if (file.includes(sdk)) Reflect.deleteProperty(require.cache, file);
  }
  const serve = internalFunction("@pulumi/policy/server", "serve").original;
  const level = "mandatory";
  const replacements: ((service: Service) => Service)[] = [];
  if (speedPatchesAreOn) {
    readPropertiesOnce();
    const isDisabled = (policy: string) => levelOf(initialConfig[policy]) === "disabled";
    const makeAnalyze = internalFunction("@pulumi/policy/server", "makeAnalyzeRpcFun").original;
    replacements.push(
      analyzeByType({ policies, isDisabled }, (selected) => makeAnalyze(name, version, level, selected)),
    );
    const remediates = Object.values(initialConfig).some((config) => levelOf(config) === "remediate");
    if (!remediates) replacements.push(withoutRemediation);
  }
  return listening(
    (service) => replacements.reduce((changed, replace) => replace(changed), service),
    () => {
      serve(name, version, level, { policies }, initialConfig);
    },
  );
}

/** A message's properties, as the SDK reads them; they are freed with the message. */
function readPropertiesOnce(): void {
  const { original, replace } = internalFunction("@pulumi/policy/deserialize", "deserializeProperties");
  const read = new WeakMap<object, unknown>();
  replace((message, withSecrets) => {
    // A remediation changes properties, so it has its own.
    if (withSecrets === true || typeof message !== "object" || message === null) {
      return original(message, withSecrets);
    }
    if (!read.has(message)) read.set(message, original(message, withSecrets));
    return read.get(message);
  });
}

function levelOf(config: PolicyPackConfig[string] | undefined): unknown {
  return typeof config === "object" ? config.enforcementLevel : config;
}

/** The answer that the SDK gives where no rule remediates, once it has read all properties. */
function withoutRemediation({ definition, methods }: Service): Service {
  const { remediate } = definition;
  if (remediate === undefined) throw new TypeError("the analyzer service has no method remediate");
  return {
    definition: {
      ...definition,
      remediate: { ...remediate, requestDeserialize: (bytes: Buffer) => bytes },
    },
    methods: {
      ...methods,
      remediate: (_call: unknown, answer: (error: null, response: RemediateResponse) => void) => {
        answer(null, new RemediateResponse());
      },
    },
  };
}

/** Runs the SDK's `serve` and takes the port and the server from gRPC. */
function listening(change: (service: Service) => Service, serve: () => void): Promise<Analyzer> {
  const { addService, bindAsync } = Server.prototype;
  return new Promise((resolve, reject) => {
    Server.prototype.addService = function (service, given) {
      const { definition, methods } = change({ definition: service, methods: given });
      addService.call(this, definition, methods);
    };
    Server.prototype.bindAsync = function (address, credentials) {
      bindAsync.call(this, address, credentials, (error, port) => {
        if (error === null) {
          resolve({
            port,
            stop: () => {
              this.forceShutdown();
            },
          });
        } else {
          reject(error);
        }
      });
    };
    try {
      serve();
    } finally {
      Object.assign(Server.prototype, { addService, bindAsync });
    }
  });
}
