import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { bundleHandler } from "../components/scheduledLauncher/bundle";

const runs = 9;

/** The launcher's limits. */
const limits = { kilobytes: 2_000, milliseconds: 400 };

/**
 * Runs in a new process: loads the package, calls its handler, and prints the milliseconds until the first request
 * arrived at EC2. The endpoint is a port of this machine that never answers.
 */
const measurement = (file: string) => `
  const { createServer } = require("node:http");
  const server = createServer(() => {
    process.stdout.write(String(performance.now() - started));
    process.exit(0);
  });
  let started;
  server.listen(0, "127.0.0.1", () => {
    process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:" + server.address().port;
    started = performance.now();
    require(${JSON.stringify(file)}).handler({}, { awsRequestId: "cold-start", getRemainingTimeInMillis: () => 60_000 });
  });`;

const environment = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "any",
  AWS_SECRET_ACCESS_KEY: "any",
  OWNER: "cold-start",
  IMAGE_ID: "ami-0123456789abcdef0",
  ROOT_DEVICE_NAME: "/dev/xvda",
  INSTANCE_TYPE: "t3.micro",
  SERVER_COUNT: "1",
  MAX_RUNNING_SERVERS: "1",
  TIME_TO_LIVE_MINUTES: "60",
  MAX_LATENESS_SECONDS: "60",
  SUBNET_IDS: "subnet-0a",
  SECURITY_GROUP_IDS: "sg-0a",
  SERVER_TAGS: "{}",
};

/** `npm run cold-start`: the size of the launcher's package, and the time from its import to its first request. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "cold-start-"));
  try {
    const file = join(folder, "index.js");
    const bundle = await bundleHandler();
    await writeFile(file, bundle);
    const milliseconds: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { stdout } = await promisify(execFile)(process.execPath, ["-e", measurement(file)], {
        env: environment,
      });
      milliseconds.push(Number(stdout));
    }
    milliseconds.sort((one, other) => one - other);
    // Other work on the machine only adds time, so the fastest run decides.
    const [fastest = Number.NaN] = milliseconds;
    const median = milliseconds[Math.floor(runs / 2)] ?? Number.NaN;
    const kilobytes = Buffer.byteLength(bundle) / 1_000;
    process.stdout.write(
      `package ${kilobytes.toFixed(0)} kB (at most ${limits.kilobytes}), ` +
        `import to first request to EC2 ${fastest.toFixed(0)} ms (at most ${limits.milliseconds}; ` +
        `fastest of ${runs} runs, median ${median.toFixed(0)} ms, Node ${process.version})\n`,
    );
    if (kilobytes > limits.kilobytes || fastest > limits.milliseconds) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}

void main();
