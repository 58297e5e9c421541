import { earlierSnapshot } from "./earlierSnapshot";
import type { Patch } from "./settings";

/** Values that cannot be generated from the schema, or that require other settings. */
export interface ByHand {
  /** The other settings while this one changes. */
  readonly around?: Patch;
  /** Other values, each with the settings that must change together with it; default: generated from the schema. */
  readonly values?: readonly { readonly to: unknown; readonly besides?: Patch }[];
}

/** An image in the emulator besides the newest one. */
const olderDebian = "ami-0deb13a0d63900001";
const otherKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";
const oneServer = { min: 1, desired: 1, max: 1 };
const notAutomatic = { "fleet.schedules": [], "fleet.targetTracking": undefined };
const withoutNat = { "network.natGateways": "none" };
const evening = {
  name: "evening",
  recurrence: "0 20 * * *",
  timeZone: "Asia/Seoul",
  min: 1,
  desired: 1,
  max: 3,
};

/** Values chosen by hand. The values of all other settings are generated. */
export const byHand: Readonly<Record<string, ByHand>> = {
  "network.cidrBlock": { values: [{ to: "10.30.0.0/16" }] },
  "network.availabilityZones": { values: [{ to: ["us-east-1b", "us-east-1c"] }] },
  "network.interfaceEndpoints": { around: withoutNat },
  // The default is true, because the stack has a key.
  "network.instanceConnectEndpoint": { values: [{ to: false }] },
  "network.sshFrom": { values: [{ to: ["203.0.113.0/24"] }, { to: ["203.0.113.0/24", "198.51.100.7/32"] }] },
  "database.engineVersion": {
    around: { "database.engineVersion": "10.11" },
    values: [{ to: "11.4" }, { to: "11.8" }],
  },
  "database.instanceClass": { values: [{ to: "db.t4g.small" }, { to: "db.t3.micro" }] },
  "database.allocatedStorageGiB": { values: [{ to: 22 }] },
  "database.maxAllocatedStorageGiB": { values: [{ to: 100 }] },
  // RDS keeps the last window when the setting is removed.
  "database.maintenanceWindow": {
    around: { "database.maintenanceWindow": "sat:18:00-sat:19:00", "database.backupWindow": "16:00-17:00" },
    values: [{ to: "sun:18:00-sun:19:00" }],
  },
  "database.backupWindow": {
    around: { "database.maintenanceWindow": "sat:18:00-sat:19:00", "database.backupWindow": "16:00-17:00" },
    values: [{ to: "15:00-16:00" }],
  },
  "database.databaseName": {
    around: { "database.finalSnapshot": true },
    values: [{ to: "blog" }],
  },
  "database.restoreFrom": {
    around: { "database.finalSnapshot": true },
    values: [{ to: earlierSnapshot }],
  },
  "fleet.image": {
    values: [
      { to: { source: "bake", debianAmiId: olderDebian } },
      { to: { source: "existing", amiId: olderDebian } },
      { to: { source: "bootstrap" }, besides: { "network.natGateways": "single" } },
    ],
  },
  "fleet.instanceType": { values: [{ to: "t3.small" }] },
  "fleet.keyPairName": { values: [{ to: "vockey", besides: { "fleet.sshPublicKey": undefined } }] },
  "fleet.sshPublicKey": { values: [{ to: otherKey }, { to: undefined }] },
  "fleet.rootVolumeGiB": { values: [{ to: 9 }] },
  "fleet.capacity": {
    values: [
      { to: { min: 2, desired: 3, max: 5 } },
      { to: { min: 1, desired: 1, max: 2 } },
      { to: { min: 6, desired: 6, max: 8 } },
    ],
  },
  "fleet.sizing": {
    values: [
      { to: "manual", besides: notAutomatic },
      { to: "fixed", besides: { ...notAutomatic, "fleet.capacity": { min: 2, desired: 2, max: 2 } } },
    ],
  },
  "fleet.schedules": { values: [{ to: [] }, { to: [evening] }] },
  "fleet.targetTracking": { values: [{ to: undefined }, { to: { cpuPercent: 50, scaleIn: false } }] },
  "fleet.subnets": { around: { "network.natGateways": "single" } },
  "fleet.scaleInProtection": {
    around: { "fleet.schedules": [], "fleet.targetTracking": { cpuPercent: 80, scaleIn: false } },
  },
  "fleet.targetGroupName": { values: [{ to: "blog-servers" }, { to: undefined }] },
  "fleet.notificationEmails": { values: [{ to: ["kim@example.com"] }] },
  "fleet.uploads": {
    around: { "fleet.capacity": oneServer, "fleet.schedules": [] },
    values: [{ to: "local" }],
  },
  // The default is true, because the stack is in us-east-1.
  "fleet.siteHealthCheck": { values: [{ to: false }] },
  "fleet.siteTitle": { values: [{ to: "Kim's blog" }] },
  "fleet.adminEmail": { values: [{ to: "kim@example.com" }] },
  "fleet.domain": { values: [{ to: { name: "blog.example.com", hostedZoneName: "example.com" } }] },
  "fleet.waf": { values: [{ to: { mode: "block" } }, { to: {} }] },
  "fleet.mail": {
    around: {
      "fleet.domain": { name: "blog.example.com", hostedZoneName: "example.com" },
      "fleet.mail": { method: "ses", from: "wordpress@blog.example.com", identity: "create" },
    },
    values: [
      { to: { method: "none" } },
      { to: { method: "ses", from: "wordpress@example.com", identity: "create" } },
      {
        to: { method: "ses", from: "kim@blog.example.com", identity: "existing", configurationSet: "events" },
      },
    ],
  },
  "fleet.instanceProfileName": { values: [{ to: "LabInstanceProfile" }] },
  "launcher.schedule": { values: [{ to: "rate(2 hours)" }, { to: "at(2030-01-01T09:00:00)" }] },
  "launcher.timeZone": { values: [{ to: "Europe/Berlin" }] },
  "launcher.instanceType": { values: [{ to: "t3.small" }] },
  "launcher.amiId": { values: [{ to: olderDebian }] },
  "launcher.keyPairName": { values: [{ to: "vockey" }] },
  "launcher.serverTags": { values: [{ to: { Course: "Cloud" } }] },
  "lifetime.endsAt": { values: [{ to: "2040-12-20T18:00:00+09:00" }, { to: "2041-12-20T09:00:00Z" }] },
  "launcher.existingRoleArn": { values: [{ to: "arn:aws:iam::000000000000:role/LabRole" }] },
  tags: { values: [{ to: { Course: "Cloud" } }] },
};
