/**
 * The load balancer's health check of a server: it covers the server's own nginx, PHP and uploads, never the database.
 * The group replaces servers that fail it, and new servers do not fix a database.
 * server/README.md describes the responses.
 */
export const healthCheck = {
  path: "/healthz",
  matcher: "200",
  protocol: "HTTP",
  port: "traffic-port",
  /** Seconds; AWS's shortest. An unhealthy server gets no requests after two intervals. */
  interval: 5,
  /** Seconds. */
  timeout: 4,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
} as const;
