import { expect } from "chai";
import fc from "fast-check";
import { createHash } from "node:crypto";

import { decideLaunch, decideSweep, serversOverCap, type LaunchPlan } from "../../lambda/decide";
import type { LaunchRequest } from "../../lambda/request";
import type { Server } from "../../lambda/server";
import type { Settings } from "../../lambda/settings";
import { settings } from "./fakeEc2";

const now = Date.parse("2026-01-05T00:00:10Z");
const plannedAt = Date.parse("2026-01-05T00:00:00Z");
const request: LaunchRequest = {
  action: "launch",
  identity: "weekdays at 2026-01-05T00:00:00.000Z",
  plannedAt,
  serverCount: 2,
  timeToLiveMinutes: 60,
  maxRunningServers: 4,
};

function planOf(asked: LaunchRequest, from: Settings = settings, at = now): LaunchPlan {
  const decision = decideLaunch(asked, from, [], at);
  if (decision.kind !== "launch") throw new Error(`not launched: ${JSON.stringify(decision)}`);
  return decision.plan;
}

/** The servers that a plan's requests start. */
function started(plan: LaunchPlan, calls = plan.calls): readonly Server[] {
  return calls.flatMap(({ clientToken, serverCount }) =>
    Array.from({ length: serverCount }, (_, nth) => ({
      id: `i-${clientToken.slice(0, 8)}${clientToken.slice(-1)}${String(nth)}`,
      state: "running",
      launchedAt: now,
      expiresAt: plan.expiresAt,
      parameters: plan.parameters,
      clientToken,
    })),
  );
}

const anyServer: fc.Arbitrary<Server> = fc.record({
  id: fc
    .string({ unit: fc.constantFrom("0", "1", "a", "f"), minLength: 4, maxLength: 6 })
    .map((hex) => `i-${hex}`),
  state: fc.constantFrom("pending", "running", "stopping", "stopped", "shutting-down", "terminated"),
  launchedAt: fc.integer({ min: now - 5_000, max: now }),
  expiresAt: fc.option(fc.integer({ min: now - 60_000, max: now + 60_000 }), { nil: undefined }),
  parameters: fc.constant("serverCount=1 timeToLiveMinutes=1"),
  clientToken: fc.constant("another-0"),
});
const anyServers = fc.uniqueArray(anyServer, { selector: ({ id }) => id, maxLength: 8 });
const anyRequest: fc.Arbitrary<LaunchRequest> = fc.record({
  action: fc.constant("launch" as const),
  identity: fc.string({ minLength: 1, maxLength: 300 }),
  plannedAt: fc.integer({ min: now - 60_000, max: now }),
  serverCount: fc.integer({ min: 1, max: 9 }),
  timeToLiveMinutes: fc.integer({ min: 5, max: 43_200 }),
  maxRunningServers: fc.integer({ min: 1, max: 12 }),
});
const anySettings = fc
  .uniqueArray(
    fc.nat(9).map((number) => `subnet-0${String(number)}`),
    { minLength: 1, maxLength: 4 },
  )
  .map((subnetIds): Settings => ({ ...settings, subnetIds }));
const alive = (server: Server) => !["shutting-down", "terminated"].includes(server.state);

describe("the decision to launch", () => {
  it("starts the requested number of servers, spread evenly, with one valid client token per request", () => {
    fc.assert(
      fc.property(anyRequest, anySettings, (asked, from) => {
        const { calls } = planOf({ ...asked, maxRunningServers: 12 }, from);
        const counts = calls.map(({ serverCount }) => serverCount);
        expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(asked.serverCount);
        expect(Math.max(...counts) - Math.min(...counts)).to.be.at.most(1);
        expect(calls).to.have.lengthOf(Math.min(asked.serverCount, from.subnetIds.length));
        expect(new Set(calls.map(({ subnetId }) => subnetId)).size).to.equal(calls.length);
        expect(new Set(calls.map(({ clientToken }) => clientToken)).size).to.equal(calls.length);
        calls.forEach(({ clientToken }) => expect(clientToken).to.match(/^[\x21-\x7e]{1,64}$/));
      }),
    );
  });

  it("plans the same requests whenever the launch repeats", () => {
    fc.assert(
      fc.property(anyRequest, anySettings, fc.nat(800_000), (asked, from, later) => {
        const roomy = { ...asked, maxRunningServers: 12, timeToLiveMinutes: 60 };
        expect(planOf(roomy, from, now + later)).to.deep.equal(planOf(roomy, from));
      }),
    );
  });

  it("plans different client tokens for different launches", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(one !== other);
        const tokens = [one, other].flatMap((identity) =>
          planOf({ ...request, identity }).calls.map(({ clientToken }) => clientToken),
        );
        expect(new Set(tokens).size).to.equal(tokens.length);
      }),
    );
  });

  it("skips a launch above the maximum, and no other", () => {
    fc.assert(
      fc.property(anyRequest, anyServers, (asked, servers) => {
        const running = servers.filter(alive).length;
        const decision = decideLaunch(asked, settings, servers, now);
        const fits = running + asked.serverCount <= asked.maxRunningServers;
        expect(decision.kind).to.equal(fits ? "launch" : "skip");
      }),
    );
  });

  it("finds the servers that the same launch started before, terminated or not", () => {
    fc.assert(
      fc.property(
        anyRequest,
        anySettings,
        anyServers,
        fc.constantFrom("running", "terminated"),
        (...given) => {
          const [asked, from, others, state] = given;
          const mine = started(planOf({ ...asked, maxRunningServers: 12 }, from)).map((it) => ({
            ...it,
            state,
          }));
          const decision = decideLaunch(asked, from, [...others, ...mine], now);
          expect(decision).to.deep.equal({ kind: "alreadyLaunched", serverIds: mine.map(({ id }) => id) });
        },
      ),
    );
  });

  it("plans only the missing requests of an incomplete launch", () => {
    const plan = planOf(request);
    const half = started(plan, plan.calls.slice(0, 1));
    expect(decideLaunch(request, settings, half, now)).to.deep.equal({
      kind: "launch",
      plan: { ...plan, calls: plan.calls.slice(1) },
      startedBefore: half.map(({ id }) => id),
    });
  });

  it("does not count the launch's own servers twice", () => {
    const plan = planOf(request);
    const atTheCap = { ...request, maxRunningServers: 2 };
    const decision = decideLaunch(atTheCap, settings, started(plan, plan.calls.slice(0, 1)), now);
    expect(decision.kind).to.equal("launch");
  });

  it("refuses a repeat with other parameters, and names both", () => {
    const decision = decideLaunch({ ...request, serverCount: 1 }, settings, started(planOf(request)), now);
    expect(decision).to.have.property("kind", "conflict");
    expect(decision)
      .to.have.property("reason")
      .that.contains("serverCount=2 timeToLiveMinutes=60")
      .and.contains("serverCount=1 timeToLiveMinutes=60")
      .and.contains("another planned time");
  });

  it("skips a launch after the maximum delay, or when its servers have expired", () => {
    const latest = plannedAt + settings.maxLatenessSeconds * 1_000;
    expect(decideLaunch(request, settings, [], latest)).to.have.property("kind", "launch");
    expect(decideLaunch(request, settings, [], latest + 1)).to.have.property("kind", "skip");
    const brief = { ...request, timeToLiveMinutes: 5 };
    const expiry = plannedAt + 5 * 60_000;
    expect(decideLaunch(brief, settings, [], expiry - 1)).to.have.property("kind", "launch");
    expect(decideLaunch(brief, settings, [], expiry)).to.have.property("kind", "skip");
  });

  it("computes the expiry from the planned time, however late the servers start", () => {
    expect(planOf(request, settings, plannedAt + 500_000).expiresAt).to.equal(plannedAt + 60 * 60_000);
  });
});

describe("servers above the maximum", () => {
  it("are all live servers except the oldest", () => {
    fc.assert(
      fc.property(anyServers, fc.integer({ min: 1, max: 8 }), (servers, cap) => {
        const over = serversOverCap(servers, cap);
        const kept = servers.filter((server) => alive(server) && !over.includes(server));
        expect(kept).to.have.lengthOf(Math.min(cap, servers.filter(alive).length));
        expect(over.every(alive)).to.equal(true);
        for (const { launchedAt } of over) {
          kept.forEach((server) => expect(server.launchedAt).to.be.at.most(launchedAt));
        }
      }),
    );
  });

  it("are the same in any order of EC2's response", () => {
    fc.assert(
      fc.property(anyServers, fc.integer({ min: 1, max: 4 }), (servers, cap) => {
        const ids = (from: readonly Server[]) => serversOverCap(from, cap).map(({ id }) => id);
        expect(ids([...servers].reverse())).to.deep.equal(ids(servers));
      }),
    );
  });
});

describe("the decision to sweep", () => {
  it("finds exactly the live servers that have expired", () => {
    fc.assert(
      fc.property(anyServers, (servers) => {
        const { expired, unreadable } = decideSweep(servers, now);
        for (const server of servers) {
          const past = server.expiresAt !== undefined && server.expiresAt <= now;
          expect(expired.includes(server)).to.equal(alive(server) && past);
          expect(unreadable.includes(server)).to.equal(alive(server) && server.expiresAt === undefined);
        }
      }),
    );
  });
});

describe("the decision's reasons and order", () => {
  const server = (more: Partial<Server>): Server => ({
    id: "i-1",
    state: "running",
    launchedAt: now,
    expiresAt: now + 1,
    parameters: "serverCount=2 timeToLiveMinutes=60",
    clientToken: undefined,
    ...more,
  });

  it("treats servers with greater ids as younger within the same second", () => {
    const three = ["i-b", "i-c", "i-a"].map((id) => server({ id }));
    expect(serversOverCap(three, 1).map(({ id }) => id)).to.deep.equal(["i-b", "i-c"]);
    expect(serversOverCap(three.toReversed(), 1).map(({ id }) => id)).to.deep.equal(["i-b", "i-c"]);
    const older = server({ id: "i-z", launchedAt: now - 1 });
    expect(serversOverCap([...three, older], 3).map(({ id }) => id)).to.deep.equal(["i-c"]);
  });

  it("counts only running servers as started before", () => {
    const plan = planOf(request);
    const [first, ...others] = started(plan, plan.calls.slice(0, 1));
    if (first === undefined) throw new Error("nothing was started");
    const decision = decideLaunch(request, settings, [{ ...first, state: "terminated" }, ...others], now);
    expect(decision).to.deep.include({ kind: "launch", startedBefore: others.map(({ id }) => id) });
  });

  it("names the parameters of the earlier launch", () => {
    const token = planOf(request).calls[0]?.clientToken;
    const reasonWith = (parameters: string | undefined) => {
      const decision = decideLaunch(request, settings, [server({ clientToken: token, parameters })], now);
      return decision.kind === "conflict" ? decision.reason : decision.kind;
    };
    expect(reasonWith("serverCount=9")).to.contain("was launched before with serverCount=9 (e.g. i-1)");
    expect(reasonWith(undefined)).to.contain("was launched before with unknown parameters");
  });

  it("treats a server without a client token as another launch's", () => {
    expect(decideLaunch(request, settings, [server({})], now).kind).to.equal("launch");
  });

  it("starts with the subnet that the launch key chooses", () => {
    const identities = ["a", "b", "c", "d", "e", "f"];
    const firsts = identities.map(
      (identity) => planOf({ ...request, identity, serverCount: 1 }).calls[0]?.subnetId,
    );
    expect(new Set(firsts)).to.deep.equal(new Set(settings.subnetIds));
    const drawn = identities.map((identity) => {
      const digest = createHash("sha256").update(identity).digest();
      return settings.subnetIds[digest.readUInt32BE(0) % settings.subnetIds.length];
    });
    expect(firsts).to.deep.equal(drawn);
  });
});
