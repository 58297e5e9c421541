export {
  type EmulatorApi,
  emulatorApi,
  type EmulatorHealth,
  type EmulatorResource,
  type Firing,
  type Scaling,
  type Sizes,
} from "./api";
export { type AwsCli, awsCliEnvironment, ensureAwsCli } from "./awsCli";
export { ensureEnvironment, type EnvironmentOptions } from "./environment";
export { defaultFolder, defaultPort } from "./layout";
export { type Report } from "./packages";
export { requirePort } from "./port";
export {
  type EmulatorStatus,
  emulatorStatus,
  type RunningEmulator,
  startEmulator,
  type StartOptions,
  stopEmulator,
} from "./process";
