// A target for tests: `testServer.cjs ADDRESS PORT NAME`. A line on its standard input changes how it answers.
const http = require("node:http");

const [, , address = "", port = "", name = ""] = process.argv;
let health = 200;
let isMute = false;
const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://target");
  const headers = JSON.stringify(request.headers);
  if (url.pathname === "/healthz") {
    if (!isMute) response.writeHead(health).end(headers);
  } else if (url.pathname === "/slow") {
    setTimeout(() => response.end(name), Number(url.searchParams.get("ms")));
  } else if (url.pathname === "/close") {
    request.socket.destroy();
  } else if (url.pathname !== "/mute") {
    response.writeHead(Number(url.searchParams.get("status") ?? 200), { "x-target": name }).end(headers);
  }
});
server.listen(Number(port), address, () => {
  console.log("ready");
});
process.stdin.on("data", (line) => {
  const text = line.toString().trim();
  isMute = text === "mute";
  if (/^\d+$/.test(text)) health = Number(text);
});
