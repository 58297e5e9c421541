export {
  type EmulatorApi,
  emulatorApi,
  type EmulatorHealth,
  type EmulatorResource,
  type Firing,
  type Scaling,
  type Sizes,
} from "./api";
export { ensureEnvironment, type EnvironmentOptions, type Report } from "./environment";
export { defaultPort } from "./layout";
export {
  type EmulatorStatus,
  emulatorStatus,
  type RunningEmulator,
  startEmulator,
  type StartOptions,
  stopEmulator,
} from "./process";
