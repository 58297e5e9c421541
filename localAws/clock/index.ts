export { startClock, type StartClockOptions, stopClock } from "./process";
