/**
 * How the load balancer asks a server whether it can serve: its own nginx, PHP and uploads, never the
 * database. The group replaces what fails here, and replacing servers mends no database.
 * The server answers as server/README.md says.
 */
export const healthCheck = {
  path: "/healthz",
  matcher: "200",
  protocol: "HTTP",
  port: "traffic-port",
  /** Seconds. */
  interval: 10,
  /** Seconds. */
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
} as const;
