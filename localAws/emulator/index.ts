export { type EmulatorApi, emulatorApi, type EmulatorHealth, type EmulatorResource } from "./api";
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
