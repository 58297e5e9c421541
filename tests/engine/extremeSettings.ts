import { generateKeyPairSync } from "node:crypto";

import { mostTags } from "../../components/settings/tags";

/** A public key as OpenSSH writes it: type, exponent and modulus, each after its length. */
function rsaKey(modulusLength: number): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength });
  const { e = "", n = "" } = publicKey.export({ format: "jwk" });
  const fields = [Buffer.from("ssh-rsa"), unsigned(e), unsigned(n)].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return `ssh-rsa ${Buffer.concat(fields).toString("base64")} ${"c".repeat(200)}`;
}

/** A number's bytes, with a zero before them when the first bit is set. */
function unsigned(base64: string): Buffer {
  const bytes = Buffer.from(base64, "base64url");
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

/** Settings of the other stack, because two settings exclude each other, and a setting that needs a snapshot. */
export const leftOut: Readonly<Record<keyof typeof extremes, readonly string[]>> = {
  least: ["database.restoreFrom", "fleet.domain", "fleet.sshPublicKey"],
  most: ["database.restoreFrom", "fleet.keyPairName"],
};

/** The stacks of the test: one has every setting at its minimum, the other at its maximum. */
export const extremes: Readonly<Record<"least" | "most", Readonly<Record<string, unknown>>>> = {
  least: {
    "aws:region": "us-east-1",
    "wordpress:network": {
      cidrBlock: "100.127.255.0/24",
      availabilityZones: ["us-east-1b", "us-east-1a"],
      natGateways: "none",
      interfaceEndpoints: "oneZone",
      sshFrom: [],
      instanceConnectEndpoint: false,
    },
    "wordpress:database": {
      engineVersion: "10.11",
      instanceClass: "db.t4g.micro",
      allocatedStorageGiB: 20,
      maxAllocatedStorageGiB: 22,
      storageType: "gp2",
      applyChanges: "immediately",
      maintenanceWindow: "mon:00:00-mon:00:30",
      backupWindow: "00:30-01:00",
      logRetentionDays: 1,
      multiAz: false,
      deletionProtection: false,
      backupRetentionDays: 0,
      finalSnapshot: false,
      databaseName: "w",
    },
    "wordpress:fleet": {
      image: { source: "bake" },
      instanceType: "t4g.nano",
      keyPairName: "k",
      rootVolumeGiB: 8,
      subnets: "private",
      capacity: { min: 1, desired: 1, max: 1 },
      sizing: "automatic",
      schedules: [{ name: "n", recurrence: "* * * * *", timeZone: "GB", min: 0, desired: 0, max: 0 }],
      targetTracking: { cpuPercent: 10, scaleIn: false },
      paused: true,
      scaleInProtection: false,
      healthCheckGraceSeconds: 180,
      instanceWarmupSeconds: 180,
      defaultCooldownSeconds: 0,
      deregistrationDelaySeconds: 0,
      targetGroupName: "w",
      notificationEmails: ["a@b.co"],
      uploads: "local",
      uploadsBackups: false,
      dataDeletionProtection: false,
      siteTitle: "W",
      adminEmail: "a@b.co",
      waf: { mode: "count", loginRequestsPerFiveMinutes: 10, logRetentionDays: 1 },
      mail: { method: "none" },
      siteHealthCheck: false,
      loadBalancerDeletionProtection: false,
      instanceProfileName: "p",
    },
    "wordpress:launcher": {
      schedule: "rate(1 minute)",
      timeZone: "GB",
      enabled: false,
      instanceType: "a1.medium",
      amiId: "ami-0deb13a0d64a00001",
      keyPairName: "k",
      serverCount: 1,
      maxRunningServers: 1,
      timeToLiveMinutes: 5,
      sweepEveryMinutes: 1,
      serverTags: { a: "b" },
      memoryMiB: 128,
      timeoutSeconds: 1,
      logRetentionDays: 1,
      maxRetries: 0,
      maxEventAgeSeconds: 60,
      existingRoleArn: "arn:aws:iam::000000000000:role/r",
      functionUrl: false,
    },
    // As many as fit with the program's own tags, without a Route 53 health check.
    "wordpress:tags": Object.fromEntries(
      Array.from({ length: mostTags - 12 }, (_, index) => [`t${String(index)}`, "v"]),
    ),
  },
  most: {
    "aws:region": "us-east-1",
    "wordpress:network": {
      cidrBlock: "172.31.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1d"],
      natGateways: "perAz",
      interfaceEndpoints: "perAz",
      sshFrom: ["10.0.0.0/8", ...Array.from({ length: 9 }, (_, index) => `223.255.255.${String(index)}/32`)],
      instanceConnectEndpoint: true,
    },
    "wordpress:database": {
      engineVersion: "11.8",
      instanceClass: "db.m6g.large",
      allocatedStorageGiB: 59_578,
      maxAllocatedStorageGiB: 65_536,
      storageType: "gp3",
      applyChanges: "maintenanceWindow",
      maintenanceWindow: "mon:00:00-mon:22:59",
      backupWindow: "23:00-23:59",
      logRetentionDays: 3_653,
      multiAz: true,
      deletionProtection: true,
      backupRetentionDays: 35,
      finalSnapshot: true,
      databaseName: "w".repeat(64),
    },
    "wordpress:fleet": {
      image: { source: "bake", debianAmiId: "ami-0deb13a0d63900001" },
      instanceType: "m7i-flex.large",
      sshPublicKey: rsaKey(4_096),
      rootVolumeGiB: 1_000,
      subnets: "public",
      capacity: { min: 1, desired: 2, max: 100 },
      sizing: "automatic",
      schedules: Array.from({ length: 10 }, (_, index) => ({
        name: `${String(index)}${"n".repeat(63)}`,
        recurrence: `${String(index)},${String(index + 10)}-${String(index + 10)} 0-23/12 1-31 JAN-DEC SUN,MON,TUE-SAT`,
        timeZone: "America/Argentina/ComodRivadavia",
        min: 100,
        desired: 100,
        max: 100,
      })),
      targetTracking: { cpuPercent: 100, scaleIn: true },
      paused: false,
      scaleInProtection: false,
      healthCheckGraceSeconds: 7_200,
      instanceWarmupSeconds: 3_600,
      defaultCooldownSeconds: 86_400,
      deregistrationDelaySeconds: 3_600,
      targetGroupName: "w".repeat(32),
      notificationEmails: [`${"k".repeat(64)}@${"d".repeat(60)}.${"d".repeat(60)}.${"d".repeat(59)}.example`],
      uploads: "shared",
      uploadsBackups: true,
      dataDeletionProtection: true,
      siteTitle: "우".repeat(80),
      adminEmail: `${"k".repeat(64)}@${"d".repeat(31)}.com`,
      waf: { mode: "block", loginRequestsPerFiveMinutes: 2_000_000_000, logRetentionDays: 3_653 },
      mail: {
        method: "ses",
        from: `${"k".repeat(35)}@${"b".repeat(60)}.com`,
        identity: "create",
        configurationSet: "c".repeat(64),
      },
      siteHealthCheck: true,
      domain: {
        name: `${"b".repeat(60)}.com`,
        hostedZoneName: `${"b".repeat(60)}.com`,
      },
      loadBalancerDeletionProtection: true,
      instanceProfileName: "p".repeat(128),
    },
    "wordpress:launcher": {
      schedule:
        "cron(0,15,30,45 0-23 ? JAN,FEB,MAR,APR,MAY,JUN,JUL,AUG,SEP,OCT,NOV,DEC MON,TUE,WED,THU,FRI 2026-2199)",
      timeZone: "America/Argentina/ComodRivadavia",
      enabled: true,
      instanceType: "m7i-flex.large",
      amiId: "ami-0deb13a0d64000001",
      keyPairName: "k".repeat(255),
      serverCount: 9,
      maxRunningServers: 100,
      timeToLiveMinutes: 43_200,
      sweepEveryMinutes: 1_440,
      serverTags: { ["값".repeat(90)]: "값".repeat(150) },
      memoryMiB: 3_008,
      timeoutSeconds: 900,
      logRetentionDays: 3_653,
      maxRetries: 185,
      maxEventAgeSeconds: 86_400,
      existingRoleArn: `arn:aws:iam::000000000000:role/${"path/".repeat(10)}${"r".repeat(64)}`,
      functionUrl: true,
    },
    // As many as a Route 53 health check takes.
    "wordpress:tags": Object.fromEntries(
      Array.from({ length: 6 }, (_, index) => [`${String(index)}${"k".repeat(127)}`, "v".repeat(256)]),
    ),
  },
};
