/**
 * HAProxy counts in one stick table: row 0 is the load balancer, the others are its target groups. So a response is
 * counted once, and a target's answers and the load balancer's own are apart.
 */
export const loadBalancerCounters = [
  "requests",
  "elb3xx",
  "elb4xx",
  "elb5xx",
  "elb500",
  "elb502",
  "elb503",
  "elb504",
  "redirects",
  "fixedResponses",
  /** Of targets and of the load balancer itself. */
  "errors",
] as const;

export const targetGroupCounters = [
  "requests",
  "target2xx",
  "target3xx",
  "target4xx",
  "target5xx",
  "responseMilliseconds",
  "responses",
  "connectionErrors",
] as const;

type LoadBalancerCounter = (typeof loadBalancerCounters)[number];
type TargetGroupCounter = (typeof targetGroupCounters)[number];

export const countersBackend = "counters";

export const countersLines = [
  `backend ${countersBackend}`,
  `  stick-table type integer size 1k expire 20d store gpc(${loadBalancerCounters.length})`,
];

export const loadBalancerRow = 0;

const slots = { loadBalancer: 0, targetGroup: 1 } as const;

/** Chooses the load balancer's row. */
export const trackLoadBalancer = `http-request track-sc${slots.loadBalancer} int(${loadBalancerRow}) table ${countersBackend}`;

export function trackTargetGroup(row: number): string {
  return `http-request track-sc${slots.targetGroup} int(${row}) table ${countersBackend}`;
}

export function countLoadBalancer(counter: LoadBalancerCounter): string {
  return `sc-inc-gpc(${loadBalancerCounters.indexOf(counter)},${slots.loadBalancer})`;
}

export function countTargetGroup(counter: TargetGroupCounter): string {
  return `sc-inc-gpc(${targetGroupCounters.indexOf(counter)},${slots.targetGroup})`;
}

export function addToTargetGroup(counter: TargetGroupCounter, sample: string): string {
  return `sc-add-gpc(${targetGroupCounters.indexOf(counter)},${slots.targetGroup}) ${sample}`;
}
