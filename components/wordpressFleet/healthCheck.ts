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
  /** Seconds; the shortest there is. A sick server gets no visitor after two of them. */
  interval: 5,
  /** Seconds. */
  timeout: 4,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
} as const;
