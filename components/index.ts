/** What the package `wordpress-on-aws-components` exports. `npm run package` builds it. */
export { Database, type DatabaseArgs } from "./database/database";
export { Network, type NetworkArgs } from "./network/network";
export { ScheduledLauncher, type ScheduledLauncherArgs } from "./scheduledLauncher/scheduledLauncher";
export { InvalidSettingsError } from "./settings/problem";
export { type FleetDatabase, WordPressFleet, type WordPressFleetArgs } from "./wordpressFleet/wordpressFleet";
