import { expect } from "chai";
import fc from "fast-check";

import { ConflictError, IncompleteError } from "../../lambda/failures";
import { answerUrl, isUrlEvent } from "../../lambda/functionUrl";
import { createLauncher, type Result } from "../../lambda/launcher";
import { InvalidInputError } from "../../lambda/problems";
import { ec2Error, FakeEc2, settings, type FakeEc2Options } from "./fakeEc2";

const plannedTime = "2026-01-05T00:00:00Z";
const scheduled = { schedule: "weekdays", plannedTime };
/** A time limit that never passes. */
const timeLimit = new AbortController().signal;
const invocation = { requestId: "request", timeLimit };

/** A launcher with an EC2 in memory. `call` returns its result, or throws the error that Lambda would receive. */
function start(options: FakeEc2Options = {}) {
  const clock = { now: Date.parse(plannedTime) + 2_000 };
  const ec2 = new FakeEc2({ clock: () => clock.now, ...options });
  const lines: string[] = [];
  const launcher = createLauncher({
    settings: () => settings,
    connect: () => ec2,
    clock: () => clock.now,
    write: (line) => lines.push(line),
  });
  let calls = 0;
  const call = (event: unknown, requestId = `request-${String((calls += 1))}`): Promise<Result> =>
    launcher(() => event, { requestId, timeLimit });
  const lastLine = (): unknown => JSON.parse(lines.at(-1) ?? "{}");
  return { clock, ec2, lines, lastLine, launcher, call };
}

async function failureOf(result: Promise<unknown>): Promise<unknown> {
  try {
    await result;
  } catch (error) {
    return error;
  }
  throw new Error("the call did not fail");
}

describe("the launcher", () => {
  it("starts the servers of the settings when the event is empty", async () => {
    const { ec2, call } = start();
    const result = await call({});
    expect(result).to.deep.include({ outcome: "launched", failures: [] });
    expect(result).to.have.property("serverIds").that.has.members(ec2.aliveIds).and.has.lengthOf(2);
  });

  it("starts one set of servers per planned time, whatever the number and order of calls", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 10 }), async (scheduler, count) => {
        const { ec2, call } = start({ turn: () => scheduler.schedule(Promise.resolve()) });
        const results = Promise.all(Array.from({ length: count }, () => call(scheduled)));
        await scheduler.waitFor(results);
        expect(ec2.servers).to.have.lengthOf(settings.serverCount);
        expect(ec2.aliveIds).to.have.lengthOf(settings.serverCount);
      }),
    );
  });

  it("stays within the maximum, however many launches start at the same moment", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 3, max: 8 }), async (scheduler, count) => {
        const { ec2, call } = start({ turn: () => scheduler.schedule(Promise.resolve()) });
        const results = Promise.all(Array.from({ length: count }, () => call({})));
        await scheduler.waitFor(results);
        expect(ec2.aliveIds).to.have.lengthOf(settings.maxRunningServers);
      }),
    );
  });

  it("launches again at the schedule's next time", async () => {
    const { ec2, clock, call } = start();
    await call(scheduled);
    clock.now += 60_000;
    await call({ ...scheduled, plannedTime: "2026-01-05T00:01:00Z" });
    expect(ec2.aliveIds).to.have.lengthOf(4);
  });

  it("refuses the same launch with other parameters", async () => {
    const { ec2, call } = start();
    await call(scheduled);
    expect(await failureOf(call({ ...scheduled, serverCount: 1 }))).to.be.instanceOf(ConflictError);
    expect(ec2.servers).to.have.lengthOf(2);
  });

  it("starts the missing servers when an incomplete call repeats", async () => {
    const { ec2, call } = start();
    ec2.failures.set("subnet-0a", ec2Error("InsufficientInstanceCapacity"));
    const failure = await failureOf(call({}, "same-request"));
    expect(failure).to.be.instanceOf(IncompleteError);
    expect(failure)
      .to.have.property("message")
      .that.matches(/start 1 in subnet-0a: InsufficientInstanceCapacity/);
    expect(ec2.servers).to.have.lengthOf(1);
    ec2.failures.clear();
    const answer = await call({}, "same-request");
    expect(ec2.servers).to.have.lengthOf(2);
    // All servers, whichever call started them.
    expect(answer)
      .to.have.property("serverIds")
      .that.has.members(ec2.servers.map(({ id }) => id));
  });

  it("skips a launch above the maximum, and one that is too late", async () => {
    const { ec2, clock, call } = start();
    await call({});
    await call({});
    expect(await call({}))
      .to.include({ outcome: "skipped" })
      .and.to.have.property("reason")
      .that.contains("the maximum: 4");
    clock.now += 3_600_000;
    expect(await call(scheduled))
      .to.include({ outcome: "skipped" })
      .and.to.have.property("reason")
      .that.contains("too late");
    expect(ec2.servers).to.have.lengthOf(4);
  });

  it("names its servers that exceed the maximum because of a launch at the same moment", async () => {
    const { ec2, call } = start();
    // The other launch's servers become visible only after this one has started its own.
    const older = Array.from({ length: 3 }, (_, nth) => ({
      id: `i-older${String(nth)}`,
      state: "running",
      launchedAt: 0,
      expiresAt: Date.parse(plannedTime) + 3_600_000,
      parameters: undefined,
      clientToken: undefined,
    }));
    const run = ec2.run.bind(ec2);
    ec2.run = async (plan, launched) => {
      const ids = await run(plan, launched);
      if (!ec2.servers.some(({ id }) => id === "i-older0")) ec2.servers = [...ec2.servers, ...older];
      return ids;
    };
    const result = await call({});
    expect(result).to.have.property("outcome", "launched");
    expect(result).to.have.property("serverIds").that.has.lengthOf(1);
    expect(result)
      .to.have.property("reason")
      .that.matches(
        /^the maximum: another launch came at the same moment, so i-\w+ above 4 were terminated at once$/,
      );
    expect(ec2.aliveIds).to.have.lengthOf(4);
  });

  it("skips the launch when another one at the same moment used up the maximum", async () => {
    const { ec2, call } = start();
    const run = ec2.run.bind(ec2);
    ec2.run = async (plan, launched) => {
      const ids = await run(plan, launched);
      const older = Array.from({ length: 2 }, (_, nth) => ({
        id: `i-older${launched.subnetId}${String(nth)}`,
        state: "running",
        launchedAt: 0,
        expiresAt: Date.parse(plannedTime) + 3_600_000,
        parameters: undefined,
        clientToken: undefined,
      }));
      ec2.servers = [...ec2.servers, ...older];
      return ids;
    };
    const result = await call({});
    expect(result).to.deep.include({ outcome: "skipped", serverIds: [], failures: [] });
    expect(result)
      .to.have.property("reason")
      .that.matches(/so i-\w+, i-\w+ above 4 were terminated at once$/);
  });

  it("fails when it cannot terminate a server above the maximum", async () => {
    const { ec2, call } = start();
    ec2.terminate = () => Promise.reject(ec2Error("OperationNotPermitted"));
    const run = ec2.run.bind(ec2);
    ec2.run = async (plan, launched) => {
      const ids = await run(plan, launched);
      ec2.servers = Array.from({ length: 5 }, (_, nth) => ({
        id: `i-${String(nth)}`,
        state: "running",
        launchedAt: nth,
        expiresAt: undefined,
        parameters: undefined,
        clientToken: undefined,
      }));
      return ids;
    };
    const failure = await failureOf(call({}));
    expect(failure)
      .to.have.property("message")
      .that.contains("terminate i-4, which is above the maximum: OperationNotPermitted");
  });

  it("returns the servers of the first call when a launch repeats", async () => {
    const { ec2, call } = start();
    await call(scheduled);
    const again = await call(scheduled);
    expect(again).to.include({ outcome: "alreadyLaunched" });
    expect(again).to.have.property("serverIds").that.has.members(ec2.aliveIds);
  });

  it("terminates expired servers, and no other", async () => {
    const { ec2, clock, call } = start();
    const first = await call({});
    clock.now += 30 * 60_000;
    const second = await call({});
    clock.now += 30 * 60_000;
    const result = await call({ action: "sweep" });
    expect(result).to.deep.equal({
      outcome: "swept",
      endedIds: "serverIds" in first ? first.serverIds : [],
      failures: [],
    });
    expect(ec2.aliveIds).to.have.members("serverIds" in second ? [...second.serverIds] : []);
  });

  it("sweeps the other servers when it cannot terminate one, then fails", async () => {
    const { ec2, clock, call } = start();
    await call({});
    const [stubborn = "", other] = ec2.aliveIds;
    ec2.failures.set(stubborn, ec2Error("OperationNotPermitted"));
    clock.now += 3_600_000;
    const failure = await failureOf(call({ action: "sweep" }));
    expect(failure).to.have.property("message").that.contains(`terminate ${stubborn}: OperationNotPermitted`);
    expect(ec2.aliveIds).to.deep.equal([stubborn]).and.not.include(other);
  });

  it("fails when a server's expiry time is unreadable, and does not terminate it", async () => {
    const { ec2, call } = start();
    await call({});
    ec2.servers = ec2.servers.map((server) => ({ ...server, expiresAt: undefined }));
    const failure = await failureOf(call({ action: "sweep" }));
    expect(failure).to.have.property("message").that.contains("launcher:expires-at is not a time");
    expect(ec2.aliveIds).to.have.lengthOf(2);
  });
});

describe("the launcher's report", () => {
  it("is one line of JSON per call, with metrics in CloudWatch's format", async () => {
    const { lines, lastLine, clock, call } = start();
    await call(scheduled);
    expect(lines).to.have.lengthOf(1);
    expect(lastLine()).to.deep.include({
      time: new Date(clock.now).toISOString(),
      level: "INFO",
      Launcher: settings.owner,
      Launched: 2,
      Skipped: 0,
      Failed: 0,
      _aws: {
        Timestamp: clock.now,
        CloudWatchMetrics: [
          {
            Namespace: "ScheduledLauncher",
            Dimensions: [["Launcher"]],
            Metrics: ["Launched", "Skipped", "Failed"].map((Name) => ({ Name, Unit: "Count" })),
          },
        ],
      },
    });
  });

  it("counts skipped launches, failures and terminated servers", async () => {
    const { ec2, lastLine, clock, call } = start();
    await call({});
    await call({});
    await call({});
    expect(lastLine()).to.include({ Launched: 0, Skipped: 1, Failed: 0 });
    clock.now += 3_600_000;
    ec2.failures.set(ec2.aliveIds[0] ?? "", ec2Error("OperationNotPermitted"));
    await failureOf(call({ action: "sweep" }));
    expect(lastLine()).to.include({ level: "ERROR", Ended: 3, Failed: 1 });
  });

  it("counts no servers for a repeat", async () => {
    const { lastLine, call } = start();
    await call(scheduled);
    await call(scheduled);
    expect(lastLine()).to.include({ Launched: 0, Skipped: 0, Failed: 0 });
  });

  it("contains a wrong event and a failed connection", async () => {
    const { lastLine, call, ec2 } = start();
    expect(await failureOf(call({ serverCount: 99 }))).to.be.instanceOf(InvalidInputError);
    expect(lastLine()).to.include({ level: "ERROR", error: "InvalidInputError", Failed: 1 });
    ec2.ownServers = () => Promise.reject(ec2Error("UnauthorizedOperation"));
    await failureOf(call({}));
    expect(lastLine()).to.include({ level: "ERROR", error: "UnauthorizedOperation", Failed: 1 });
  });
});

describe("the function's URL", () => {
  const http = { requestContext: { http: { method: "POST" } } };

  it("differs from other events", () => {
    expect(isUrlEvent(http)).to.equal(true);
    expect([{}, undefined, scheduled, { requestContext: null }].some(isUrlEvent)).to.equal(false);
  });

  for (const [form, event] of [
    ["nothing", http],
    ["JSON", { ...http, body: '{"serverCount":1}' }],
    ["JSON in base 64", { ...http, body: "eyJzZXJ2ZXJDb3VudCI6MX0=", isBase64Encoded: true }],
  ] as const) {
    it(`accepts ${form} as parameters`, async () => {
      const { launcher, ec2 } = start();
      const { statusCode, body } = await answerUrl(launcher, event, invocation);
      expect(statusCode).to.equal(200);
      expect(JSON.parse(body)).to.deep.include({ outcome: "launched", serverIds: ec2.aliveIds });
      expect(ec2.aliveIds).to.have.lengthOf("body" in event ? 1 : 2);
    });
  }

  it("returns the error to the caller and writes it to the log", async () => {
    const { launcher, lastLine, ec2 } = start();
    const wrong = await answerUrl(launcher, { ...http, body: "count=1" }, invocation);
    expect(wrong.statusCode).to.equal(400);
    expect(wrong.body).to.contain("InvalidInputError");
    expect(lastLine()).to.include({ error: "InvalidInputError", Failed: 1 });
    ec2.ownServers = () => Promise.reject(ec2Error("UnauthorizedOperation"));
    expect(await answerUrl(launcher, http, invocation)).to.include({ statusCode: 500 });
  });
});
