export { whyNot, type WhyNotOptions } from "./box/whyNot";
export { type ControlClient, controlClient } from "./host/control";
export {
  type LiveStatus,
  liveStatus,
  type RunningLive,
  startLive,
  type StartLiveOptions,
  stopLive,
} from "./host/process";
export type { Ways } from "./host/layout";
export { dialRegion } from "./host/tunnel";
export { imagesAreThere } from "./images/images";
export { prepareImages } from "./images/prepare";
