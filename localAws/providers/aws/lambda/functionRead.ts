import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { FunctionArgs, FunctionState } from "@pulumi/aws/lambda";
import type { input } from "@pulumi/aws/types";

import type { AwsClients } from "../clients";
import { sent, unlessGone } from "../gone";
import type { Properties, PropertyValue } from "../resourceType";
import { isObject, present, reading, type Known } from "../values";
import { codeSha256, deploymentPackage } from "./deploymentPackage";

/** The SDK's value for no reserved concurrency. */
export const unreserved = -1;

export async function readFunction(
  aws: AwsClients,
  id: string,
  prior: Properties,
): Promise<Properties | undefined> {
  const answer = await unlessGone(
    (await aws.lambda()).getFunction({ FunctionName: id }),
    "ResourceNotFoundException",
  );
  const found = answer?.Configuration;
  if (found === undefined) return undefined;
  const arn = sent(found.FunctionArn, "FunctionArn").replace(/:\$LATEST$/, "");
  const tags = answer?.Tags ?? {};
  return present({
    ...configuration(found),
    arn,
    code: codeUnlessChanged(found, prior),
    codeSha256: found.CodeSha256,
    invokeArn: invokeArn(aws, arn),
    lastModified: found.LastModified,
    qualifiedArn: `${arn}:${sent(found.Version, "Version")}`,
    qualifiedInvokeArn: invokeArn(aws, `${arn}:${sent(found.Version, "Version")}`),
    reservedConcurrentExecutions: answer?.Concurrency?.ReservedConcurrentExecutions ?? unreserved,
    sourceCodeHash: reading<FunctionArgs>(prior).string("sourceCodeHash"),
    sourceCodeSize: found.CodeSize,
    tags: Object.keys(tags).length === 0 ? undefined : tags,
    tagsAll: tags,
    version: found.Version,
  } satisfies Known<FunctionState>);
}

/** The ARN with which API Gateway invokes a function. */
function invokeArn({ region }: AwsClients, arn: string): string {
  return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/**
 * Lambda returns only the hash of the code. If it equals that of the program's code, the state keeps the program's code.
 * Otherwise other code was deployed outside of Pulumi, and the next `up` deploys the program's again. In a refresh, the
 * engine passes the archive without its contents, so the hash in the state is compared.
 */
function codeUnlessChanged(found: FunctionConfiguration, prior: Properties): PropertyValue | undefined {
  const code = prior["code"];
  if (code === undefined || prior["codeSha256"] === found.CodeSha256) return code;
  if (!isObject(code) || code["assets"] === undefined) return undefined;
  return codeSha256(deploymentPackage(code)) === found.CodeSha256 ? code : undefined;
}

function configuration(found: FunctionConfiguration): Known<FunctionState> {
  const deadLetters = found.DeadLetterConfig?.TargetArn ?? "";
  const disk = found.EphemeralStorage?.Size;
  const variables = found.Environment?.Variables ?? {};
  const mode = found.TracingConfig?.Mode;
  return {
    architectures: found.Architectures,
    deadLetterConfig: deadLetters === "" ? undefined : { targetArn: deadLetters },
    description: found.Description,
    environment: Object.keys(variables).length === 0 ? undefined : { variables },
    ephemeralStorage: disk === undefined ? undefined : { size: disk },
    handler: found.Handler,
    kmsKeyArn: found.KMSKeyArn,
    layers: (found.Layers ?? []).flatMap(({ Arn }) => Arn ?? []),
    loggingConfig: logging(found),
    memorySize: found.MemorySize,
    name: found.FunctionName,
    packageType: found.PackageType,
    role: found.Role,
    runtime: found.Runtime,
    timeout: found.Timeout,
    tracingConfig: mode === undefined ? undefined : { mode },
    vpcConfig: vpc(found),
  };
}

function logging({ LoggingConfig: config }: FunctionConfiguration): Properties | undefined {
  if (config === undefined) return undefined;
  return present({
    applicationLogLevel: config.ApplicationLogLevel,
    logFormat: config.LogFormat,
    logGroup: config.LogGroup,
    systemLogLevel: config.SystemLogLevel,
  } satisfies Known<input.lambda.FunctionLoggingConfig>);
}

function vpc({ VpcConfig: config }: FunctionConfiguration): Properties | undefined {
  if (config?.SubnetIds === undefined || config.SubnetIds.length === 0) return undefined;
  return present({
    securityGroupIds: config.SecurityGroupIds,
    subnetIds: config.SubnetIds,
    vpcId: config.VpcId,
  } satisfies Known<input.lambda.FunctionVpcConfig>);
}
