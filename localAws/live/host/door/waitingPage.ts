const retrySeconds = 3;

export interface WaitingAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** What the door answers while nothing answers behind it. A browser asks again by itself. */
export function waitingAnswer(host: string, reason: string, accept: string): WaitingAnswer {
  const headers = {
    "cache-control": "no-store",
    "retry-after": String(retrySeconds),
    "x-content-type-options": "nosniff",
  };
  if (!accept.includes("text/html")) {
    return {
      headers: { ...headers, "content-type": "text/plain; charset=utf-8" },
      body: `The load balancer ${host} does not answer yet: ${reason}\n`,
    };
  }
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Waiting for the load balancer</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 36rem; margin: 15vh auto; padding: 0 1rem; }
code { overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>The load balancer does not answer yet</h1>
<p>The site <code>${escaped(host)}</code> is starting, or its load balancer lets no visitor in.</p>
<p>Reason: <code>${escaped(reason)}</code></p>
<p role="status">This page loads again every ${retrySeconds} seconds.</p>
</body>
</html>
`;
  return {
    headers: { ...headers, "content-type": "text/html; charset=utf-8", refresh: String(retrySeconds) },
    body,
  };
}
