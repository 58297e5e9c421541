import type { Runtime } from "@aws-sdk/client-lambda";
import type { FunctionArgs } from "@pulumi/aws/lambda";
import type { input } from "@pulumi/aws/types";

import { choice } from "../choice";
import type { Properties } from "../resourceType";
import { reading } from "../values";

/** The runtimes that the emulator supports. */
export const runtimes: readonly Runtime[] = ["nodejs20.x", "nodejs22.x", "nodejs24.x"];

/** The parameters of both CreateFunction and UpdateFunctionConfiguration. */
export function configurationOf(inputs: Properties) {
  const from = reading<FunctionArgs>(inputs);
  const deadLetters = reading<input.lambda.FunctionDeadLetterConfig>(from.object("deadLetterConfig") ?? {});
  const environment = reading<input.lambda.FunctionEnvironment>(from.object("environment") ?? {});
  const disk = from.object("ephemeralStorage");
  const tracing = from.object("tracingConfig");
  return {
    DeadLetterConfig: { TargetArn: deadLetters.string("targetArn") ?? "" },
    Description: from.string("description") ?? "",
    Environment: { Variables: environment.stringMap("variables") ?? {} },
    EphemeralStorage:
      disk === undefined
        ? undefined
        : { Size: reading<input.lambda.FunctionEphemeralStorage>(disk).requiredNumber("size") },
    Handler: from.requiredString("handler"),
    KMSKeyArn: from.string("kmsKeyArn") ?? "",
    Layers: from.strings("layers") ?? [],
    LoggingConfig: loggingOf(from.object("loggingConfig")),
    MemorySize: from.number("memorySize"),
    Role: from.requiredString("role"),
    Runtime: choice("runtime", runtimes, from.requiredString("runtime")),
    Timeout: from.number("timeout"),
    TracingConfig:
      tracing === undefined
        ? undefined
        : {
            Mode: choice(
              "tracingConfig.mode",
              ["Active", "PassThrough"],
              reading<input.lambda.FunctionTracingConfig>(tracing).requiredString("mode"),
            ),
          },
    VpcConfig: vpcOf(from.object("vpcConfig")),
  };
}

const architectures = ["arm64", "x86_64"] as const;

/** Lambda accepts it with the code, not with the configuration. */
export function architecturesOf(inputs: Properties) {
  const given = reading<FunctionArgs>(inputs).strings("architectures");
  return given?.flatMap((one) => choice("architectures", architectures, one) ?? []);
}

function loggingOf(block: Properties | undefined) {
  if (block === undefined) return undefined;
  const from = reading<input.lambda.FunctionLoggingConfig>(block);
  return {
    ApplicationLogLevel: choice(
      "loggingConfig.applicationLogLevel",
      ["DEBUG", "ERROR", "FATAL", "INFO", "TRACE", "WARN"],
      from.string("applicationLogLevel"),
    ),
    LogFormat: choice("loggingConfig.logFormat", ["JSON", "Text"], from.requiredString("logFormat")),
    LogGroup: from.string("logGroup"),
    SystemLogLevel: choice(
      "loggingConfig.systemLogLevel",
      ["DEBUG", "INFO", "WARN"],
      from.string("systemLogLevel"),
    ),
  };
}

/** A function outside of a VPC has empty lists. Omitting them would keep the old ones. */
function vpcOf(block: Properties | undefined) {
  const from = reading<input.lambda.FunctionVpcConfig>(block ?? {});
  return {
    SecurityGroupIds: from.strings("securityGroupIds") ?? [],
    SubnetIds: from.strings("subnetIds") ?? [],
  };
}
