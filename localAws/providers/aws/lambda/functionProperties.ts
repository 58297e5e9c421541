import type { FunctionArgs } from "@pulumi/aws/lambda";

import type { ResourceType } from "../resourceType";
import { unreserved } from "./functionRead";

/** The arguments of a function whose code is a zip, from the official provider's documentation. */
export const functionProperties: ResourceType<FunctionArgs>["properties"] = {
  architectures: { computed: true },
  code: { required: true },
  deadLetterConfig: { nested: { targetArn: { required: true } } },
  description: {},
  environment: { nested: { variables: {} } },
  ephemeralStorage: { computed: true, nested: { size: { computed: true } } },
  handler: { required: true },
  kmsKeyArn: {},
  layers: {},
  loggingConfig: {
    computed: true,
    nested: {
      applicationLogLevel: {},
      logFormat: { required: true },
      logGroup: { computed: true },
      systemLogLevel: {},
    },
  },
  memorySize: { default: 128 },
  name: { replace: true, autoName: { maxLength: 64 } },
  packageType: { replace: true, default: "Zip" },
  publish: { default: false, notReadable: true },
  reservedConcurrentExecutions: { default: unreserved },
  role: { required: true },
  runtime: { required: true },
  skipDestroy: { default: false, notReadable: true },
  sourceCodeHash: { computed: true, notReadable: true },
  tags: {},
  timeout: { default: 3 },
  tracingConfig: { computed: true, nested: { mode: { required: true } } },
  vpcConfig: {
    nested: {
      securityGroupIds: { required: true, set: true },
      subnetIds: { required: true, set: true },
    },
  },
};
