import { expect } from "chai";

import { metricData } from "../../../../../localAws/live/services/loadBalancer/metrics";
import { RateWindow } from "../../../../../localAws/live/services/loadBalancer/rates";
import { parseCounters, parseStats } from "../../../../../localAws/live/services/loadBalancer/runtime";
import {
  countsSince,
  loadBalancerCount,
  targetGroupCount,
  Totals,
} from "../../../../../localAws/live/services/loadBalancer/totals";

const table = [
  "# table: counters, type: integer, size:1024, used:2",
  "0x7fa: key=1 use=0 exp=1 shard=0 gpc0=10 gpc1=6 gpc2=1 gpc3=2 gpc4=0 gpc5=900 gpc6=9 gpc7=1 gpc8=0 gpc9=0 gpc10=0",
  "0x7fb: key=0 use=0 exp=1 shard=0 gpc0=12 gpc1=1 gpc2=0 gpc3=1 gpc4=0 gpc5=1 gpc6=0 gpc7=0 gpc8=1 gpc9=1 gpc10=1",
  "",
].join("\n");

const loadBalancerArn = "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/alb/50dc6c49";
const arn = "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/servers/73e2d6bc";
const LoadBalancer = "app/alb/50dc6c49";
const TargetGroup = "targetgroup/servers/73e2d6bc";

describe("a load balancer's metrics", () => {
  const data = metricData({
    loadBalancerArn,
    groups: [{ arn, healthy: 2, unhealthy: 1 }],
    counts: parseCounters(table),
    connections: 3,
    at: 5,
    storageResolution: 60,
  });
  const values = (group?: string): Record<string, number> =>
    Object.fromEntries(
      data
        .filter(({ dimensions }) => dimensions["TargetGroup"] === group)
        .map(({ name, value }) => [name, value]),
    );

  it("have AWS's names and the dimensions of the load balancer", () => {
    expect(values()).to.deep.equal({
      RequestCount: 10,
      HTTPCode_Target_2XX_Count: 6,
      HTTPCode_Target_3XX_Count: 1,
      HTTPCode_Target_4XX_Count: 2,
      TargetConnectionErrorCount: 1,
      TargetResponseTime: 0.1,
      HTTPCode_ELB_3XX_Count: 1,
      HTTPCode_ELB_5XX_Count: 1,
      HTTPCode_ELB_502_Count: 1,
      HTTP_Redirect_Count: 1,
      HTTP_Fixed_Response_Count: 1,
      ActiveConnectionCount: 3,
    });
    expect(data[0]?.dimensions).to.deep.equal({ LoadBalancer });
  });

  it("have the target group's health and its requests per target", () => {
    expect(values(TargetGroup)).to.include({
      RequestCount: 10,
      RequestCountPerTarget: 5,
      HealthyHostCount: 2,
      UnHealthyHostCount: 1,
    });
  });

  it("have no count without a request", () => {
    const idle = metricData({
      loadBalancerArn,
      groups: [{ arn, healthy: 0, unhealthy: 0 }],
      counts: new Map(),
      connections: 0,
      at: 5,
      storageResolution: 60,
    });
    expect(idle.map(({ name }) => name)).to.deep.equal([
      "ActiveConnectionCount",
      "HealthyHostCount",
      "UnHealthyHostCount",
    ]);
  });
});

describe("the counters of a load balancer", () => {
  it("continue when a new worker counts from zero", () => {
    const totals = new Totals();
    totals.add(new Map([[0, [5]]]));
    totals.add(new Map([[0, [7]]]));
    totals.restart();
    totals.add(new Map([[0, [2]]]));
    expect(loadBalancerCount(totals.counts, "requests")).to.equal(9);
  });

  it("continue when HAProxy was killed between two readings", () => {
    const totals = new Totals();
    totals.add(new Map([[1, [5, 5]]]));
    totals.add(new Map([[1, [1, 0]]]));
    expect(targetGroupCount(totals.counts, 0, "requests")).to.equal(6);
    expect(targetGroupCount(countsSince(totals.counts, new Map([[1, [5]]])), 0, "requests")).to.equal(1);
  });

  it("are rates of the last seconds", () => {
    const rates = new RateWindow();
    const counts = (requests: number, errors: number) =>
      new Map([[0, [requests, 0, 0, 0, 0, 0, 0, 0, 0, 0, errors]]]);
    rates.add(0, counts(0, 0));
    rates.add(10_000, counts(1_000, 0));
    rates.add(12_000, counts(1_020, 4));
    expect(rates.rates()).to.deep.equal({ requests: 10, errors: 2 });
  });
});

describe("HAProxy's statistics", () => {
  it("are read by the names of their columns", () => {
    const text = [
      "# pxname,svname,scur,status,check_status,check_code,",
      "check-servers,i-1_10.0.0.1_80,2,DOWN 1/2,* L7STS,500,",
      "listener-80,FRONTEND,1,OPEN,,,",
      "",
      table,
    ].join("\n");
    expect(parseStats(text)).to.deep.equal([
      {
        proxy: "check-servers",
        server: "i-1_10.0.0.1_80",
        status: "DOWN 1/2",
        checkStatus: "L7STS",
        checkCode: "500",
        sessions: 2,
      },
      {
        proxy: "listener-80",
        server: "FRONTEND",
        status: "OPEN",
        checkStatus: "",
        checkCode: "",
        sessions: 1,
      },
    ]);
  });

  it("are refused without a header", () => {
    expect(() => parseStats("Unknown command")).to.throw("have no header");
  });
});
