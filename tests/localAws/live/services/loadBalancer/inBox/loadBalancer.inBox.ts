import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

import { waitFor } from "../../../../../../localAws/live/command";
import { Lab } from "./lab";

const none = { targetGroupArns: [], redirect: null, fixedResponse: null };

/** Its processes that run. */
function haproxies(): readonly number[] {
  return execFileSync("ps", ["-A", "-o", "pid=,stat=,comm="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, state, name]) => name === "haproxy" && state?.startsWith("Z") === false)
    .map(([pid]) => Number(pid));
}

describe("a load balancer in the box", () => {
  let lab: Lab;
  let one: string;
  let two: string;

  before(async () => {
    lab = await Lab.make();
    [one = "", two = ""] = lab.group.targets.map(({ id }) => id);
    // Faster than AWS allows, so that the tests wait less.
    lab.group.healthCheck.intervalSeconds = 2;
    lab.group.healthCheck.timeoutSeconds = 1;
    lab.group.healthCheck.unhealthyThreshold = 2;
    lab.group.healthCheck.healthyThreshold = 3;
    await lab.plugTarget(two);
  });
  after(async () => {
    await lab.stop();
  });

  async function targetsOf(requests: number, headers = {}): Promise<readonly string[]> {
    const names: string[] = [];
    for (let index = 0; index < requests; index++) {
      names.push(String((await lab.visit("/", { headers })).headers["x-target"]));
    }
    return names;
  }

  it("is active without a listener, and answers 503 without a target", async () => {
    const { listeners } = lab.loadBalancer;
    const { targets } = lab.group;
    lab.loadBalancer.listeners = [];
    lab.group.targets = [];
    await lab.reconcile();
    await waitFor("active", 10, () => lab.reports.find((each) => each.kind === "loadBalancer"));
    lab.loadBalancer.listeners = listeners;
    await lab.reconcile();
    const answer = await waitFor("an answer", 10, () => lab.visit("/"));
    expect(answer.status).to.equal(503);
    expect(answer.headers["server"]).to.equal("awselb/2.0");
    expect(answer.body).to.include("<h1>503 Service Temporarily Unavailable</h1>");
    lab.group.targets = targets;
  });

  it("calls a new target initial, and healthy after one passed check", async () => {
    await lab.startTarget(one);
    await lab.reconcile();
    await lab.waitForHealth(one, "healthy", 3);
    const states = lab.reports.flatMap((each) => (each.kind === "targets" ? [each.health[one]?.reason] : []));
    expect(states).to.include.members(["Elb.InitialHealthChecking"]);
    expect(lab.events.join("\n")).to.include(`${one} healthy in ${lab.group.name}`);
  });

  it("calls a target that refuses connections unhealthy only after the threshold", async () => {
    const health = await lab.waitForHealth(two, "unhealthy", 10);
    expect(health.reason).to.equal("Target.FailedHealthChecks");
    expect(health.description).to.equal("Health checks failed");
    expect(new Set(await targetsOf(4))).to.deep.equal(new Set([one]));
  });

  it("sends requests to both in turn, with AWS's headers", async () => {
    await lab.startTarget(two);
    await lab.waitForHealth(two, "healthy", 10);
    expect((await targetsOf(6)).filter((name) => name === one)).to.have.length(3);
    const { body } = await lab.visit("/", {
      headers: { Host: "site.test:80", "X-Forwarded-For": "192.0.2.1" },
    });
    const headers: unknown = JSON.parse(body);
    expect(headers).to.include({
      host: "site.test",
      "x-forwarded-for": "192.0.2.1, 10.20.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-port": "80",
    });
    expect(headers)
      .to.have.property("x-amzn-trace-id")
      .match(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });

  it("answers 502 for a closed connection, and repeats no request", async () => {
    const answer = await lab.visit("/close");
    expect(answer.status).to.equal(502);
    expect(answer.body).to.include("<h1>502 Bad Gateway</h1>");
  });

  it("reports the status code of a failed check, and recovers after the threshold", async () => {
    lab.say(two, "500");
    const health = await lab.waitForHealth(two, "unhealthy", 10);
    expect(health.reason).to.equal("Target.ResponseCodeMismatch");
    expect(health.description).to.equal("Health checks failed with these codes: [500]");
    expect(new Set(await targetsOf(4))).to.deep.equal(new Set([one]));
    const start = Date.now();
    lab.say(two, "200");
    await lab.waitForHealth(two, "healthy", 20);
    // Three passed checks, two seconds apart.
    expect(Date.now() - start).to.be.within(3_500, 8_500);
  });

  it("reports a check without an answer as a timeout", async () => {
    lab.say(two, "mute");
    const health = await lab.waitForHealth(two, "unhealthy", 15);
    expect(health).to.deep.equal({
      state: "unhealthy",
      reason: "Target.Timeout",
      description: "Request timed out",
    });
    lab.say(two, "200");
    await lab.waitForHealth(two, "healthy", 20);
  });

  it("sends requests to all targets while none is healthy", async () => {
    for (const id of [one, two]) lab.say(id, "500");
    for (const id of [one, two]) await lab.waitForHealth(id, "unhealthy", 15);
    expect(new Set(await targetsOf(4))).to.deep.equal(new Set([one, two]));
    for (const id of [one, two]) lab.say(id, "200");
    for (const id of [one, two]) await lab.waitForHealth(id, "healthy", 20);
  });

  it("lets open requests of a draining target finish, and sends it no new one", async () => {
    const both = lab.group.targets;
    const open = [lab.visit("/slow?ms=4000"), lab.visit("/slow?ms=4000")];
    await sleep(300);
    lab.group.targets = both.map((each) => (each.id === two ? { ...each, draining: true } : each));
    await lab.reconcile();
    const health = await lab.waitForHealth(two, "draining", 5);
    expect(health.reason).to.equal("Target.DeregistrationInProgress");
    expect(new Set(await targetsOf(6))).to.deep.equal(new Set([one]));
    const answers = await Promise.all(open);
    expect(answers.map(({ status, body }) => `${status} ${body}`)).to.have.members([
      `200 ${one}`,
      `200 ${two}`,
    ]);
    lab.group.targets = both.filter(({ id }) => id !== two);
    await lab.reconcile();
    await waitFor("the target has left", 10, () => (two in lab.health() ? undefined : true));
    lab.group.targets = both;
    await lab.reconcile();
    await lab.waitForHealth(two, "healthy", 5);
  });

  it("ends a request that is open after the deregistration delay", async () => {
    const both = lab.group.targets;
    const open = [lab.visit("/slow?ms=20000"), lab.visit("/slow?ms=20000")].map((each) =>
      each.then(
        ({ status }) => status,
        () => 0,
      ),
    );
    await sleep(300);
    const start = Date.now();
    lab.group.targets = both.map((each) => (each.id === two ? { ...each, draining: true } : each));
    await lab.reconcile();
    await lab.waitForHealth(two, "draining", 5);
    lab.group.targets = both.filter(({ id }) => id !== two);
    await lab.reconcile();
    expect(await Promise.race(open)).not.to.equal(200);
    expect(Date.now() - start).to.be.lessThan(5_000);
    lab.group.targets = both;
    await lab.reconcile();
    await lab.waitForHealth(two, "healthy", 10);
  });

  it("keeps a session on its target", async () => {
    Object.assign(lab.group.attributes, {
      "stickiness.enabled": "true",
      "stickiness.lb_cookie.duration_seconds": "60",
    });
    await lab.reconcile();
    const first = await waitFor("a cookie", 10, async () => {
      const answer = await lab.visit("/");
      return answer.headers["set-cookie"] === undefined ? undefined : answer;
    });
    const cookies = first.headers["set-cookie"] ?? [];
    expect(cookies.map((each) => each.split("=")[0])).to.deep.equal(["AWSALB", "AWSALBCORS"]);
    expect(cookies[0]).to.match(/; Expires=.* GMT; Path=\/$/);
    const Cookie = cookies[0]?.split(";")[0] ?? "";
    expect(new Set(await targetsOf(6, { Cookie }))).to.deep.equal(new Set([first.headers["x-target"]]));
    expect((await lab.visit("/", { headers: { Cookie: "AWSALB=%00garbage" } })).status).to.equal(200);
    lab.group.attributes["stickiness.enabled"] = "false";
    await lab.reconcile();
    await waitFor("no cookie", 10, async () =>
      (await lab.visit("/")).headers["set-cookie"] === undefined ? true : undefined,
    );
  });

  it("loses no request when its rules change, and keeps the targets' health", async () => {
    const [listener] = lab.loadBalancer.listeners;
    if (listener === undefined) throw new Error("The example has no listener.");
    const forward = listener.rules;
    let done = false;
    const statuses: number[] = [];
    const visitors = [1, 2, 3].map(async () => {
      while (!done) statuses.push((await lab.visit("/")).status);
    });
    listener.rules = [
      {
        priority: "1",
        conditions: [{ field: "path-pattern", values: ["/fixed"], headerName: null }],
        actions: [
          {
            ...none,
            type: "fixed-response",
            fixedResponse: { statusCode: "404", contentType: "text/plain", body: "nothing\n" },
          },
        ],
      },
      {
        priority: "2",
        conditions: [{ field: "path-pattern", values: ["/go"], headerName: null }],
        actions: [
          {
            ...none,
            type: "redirect",
            redirect: {
              protocol: "HTTPS",
              host: "#{host}",
              port: "443",
              path: "/#{path}",
              query: "#{query}",
              statusCode: "HTTP_301",
            },
          },
        ],
      },
      ...forward,
    ];
    await lab.reconcile();
    const fixed = await waitFor("the rule", 10, async () => {
      const answer = await lab.visit("/fixed");
      return answer.status === 404 ? answer : undefined;
    });
    done = true;
    await Promise.all(visitors);
    expect(fixed.body).to.equal("nothing\n");
    const redirect = await lab.visit("/go?a=b", { headers: { Host: "site.test" } });
    expect(redirect.status).to.equal(301);
    expect(redirect.headers.location).to.equal("https://site.test:443/go?a=b");
    expect(new Set(statuses)).to.deep.equal(new Set([200]));
    expect(statuses.length).to.be.greaterThan(10);
    expect(lab.health()[one]?.state).to.equal("healthy");
  });

  it("serves HTTPS with a certificate of the authority for the listener's names", async () => {
    const arn = "arn:aws:acm:us-east-1:1:certificate/one";
    lab.place.certificates.push({ arn, names: ["site.test", "*.site.test"] });
    const [listener] = lab.loadBalancer.listeners;
    if (listener === undefined) throw new Error("The example has no listener.");
    lab.loadBalancer.listeners.push({
      ...listener,
      arn: "https",
      port: 443,
      protocol: "HTTPS",
      certificateArns: [arn],
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    });
    await lab.reconcile();
    const options = { tls: true, servername: "www.site.test", ca: lab.authority.certificate };
    const answer = await waitFor("HTTPS", 10, () => lab.visit("/", options));
    expect(JSON.parse(answer.body)).to.include({ "x-forwarded-proto": "https", "x-forwarded-port": "443" });
  });

  it("starts again when HAProxy is killed, with the same health", async () => {
    const before = lab.reports.length;
    for (const pid of haproxies()) process.kill(pid, "SIGKILL");
    const start = Date.now();
    const answer = await waitFor("an answer", 5, () => lab.visit("/"));
    expect(answer.status).to.equal(200);
    expect(Date.now() - start).to.be.lessThan(3_000);
    await sleep(1_500);
    const states = lab.reports
      .slice(before)
      .flatMap((each) => (each.kind === "targets" ? [each.health[one]?.state] : []));
    expect(states).not.to.include("initial");
    expect(lab.health()[one]?.state).to.equal("healthy");
  });

  it("answers with errors only until the health check has failed when a target is cut off", async () => {
    await lab.cut(two);
    const start = Date.now();
    let lastError = 0;
    const statuses: number[] = [];
    while (Date.now() - start < 12_000) {
      const { status } = await lab.visit("/", { timeout: 11_000 });
      statuses.push(status);
      if (status !== 200) lastError = Date.now();
      await sleep(20);
      if (lab.health()[two]?.state === "unhealthy" && Date.now() - start > 8_000) break;
    }
    expect(lab.health()[two]).to.deep.equal({
      state: "unhealthy",
      reason: "Target.Timeout",
      description: "Request timed out",
    });
    // A request that began before waits for the connection, as on AWS.
    expect(lastError - start).to.be.lessThan(2 * 2_000 + 1_000 + 10_500);
  });

  it("counts requests and answers as AWS does", async () => {
    await sleep(1_500);
    lab.balancers.reportMetrics(Date.now(), 60);
    for (let index = 0; index < 8; index++) await lab.visit(`/?status=${index < 6 ? 200 : 404}`);
    await lab.visit("/close");
    await lab.visit("/fixed");
    await sleep(1_500);
    lab.balancers.reportMetrics(Date.now(), 60);
    const last = lab.reports.filter((each) => each.kind === "metrics").at(-1);
    const sums = Object.fromEntries(
      (last?.data ?? [])
        .filter(({ dimensions }) => Object.keys(dimensions).length === 1)
        .map(({ name, value }) => [name, value]),
    );
    expect(sums).to.include({
      RequestCount: 9,
      HTTPCode_Target_2XX_Count: 6,
      HTTPCode_Target_4XX_Count: 2,
      HTTPCode_ELB_5XX_Count: 1,
      HTTPCode_ELB_502_Count: 1,
      HTTPCode_ELB_4XX_Count: 1,
      HTTP_Fixed_Response_Count: 1,
    });
    const [status] = lab.balancers.status();
    expect(status?.groups).to.deep.equal([{ arn: lab.group.arn, healthy: 1, unhealthy: 1 }]);
    expect(status?.rates.requests).to.be.greaterThan(0);
  });

  it("ends with its record", async () => {
    lab.place.loadBalancers = [];
    await lab.reconcile();
    expect(haproxies()).to.deep.equal([]);
    expect(lab.reports.at(-1)).to.deep.include({ kind: "targets", targetGroupArn: lab.group.arn });
    expect(lab.health()[one]?.reason).to.equal("Target.NotInUse");
  });
});
