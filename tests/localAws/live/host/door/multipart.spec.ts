import { expect } from "chai";

import { boundaryOf, FormRewriter } from "../../../../../localAws/live/host/door/multipart";

const rewriting = { names: ["127.0.0.1:8080"], origin: "http://alb.example" };
const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

/** A form as a browser sends it. */
function form(...parts: readonly (readonly [headers: string, body: string])[]): string {
  const text = parts.map(([headers, body]) => `--${boundary}\r\n${headers}\r\n\r\n${body}\r\n`);
  return `${text.join("")}--${boundary}--\r\n`;
}

function rewritten(text: string, size: number): string {
  const rewriter = new FormRewriter(boundary, rewriting);
  const bytes = Buffer.from(text, "latin1");
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(rewriter.write(bytes.subarray(at, at + size)));
  return Buffer.concat([...parts, rewriter.end()]).toString("latin1");
}

const field = 'Content-Disposition: form-data; name="content"';
const file = 'Content-Disposition: form-data; name="file"; filename="a.html"\r\nContent-Type: text/html';
const address = '<a href="http://127.0.0.1:8080/x">';
const changed = '<a href="http://alb.example/x">';

const cases: Readonly<Record<string, readonly [sent: string, arrives: string]>> = {
  "rewrites a text field": [form([field, address]), form([field, changed])],
  "rewrites a text field with a type": [
    form([`${field}\r\nContent-Type: text/plain; charset=utf-8`, address]),
    form([`${field}\r\nContent-Type: text/plain; charset=utf-8`, changed]),
  ],
  "keeps every byte of a file": [
    form([file, `${address}\0\xff\r\n\r\n--${boundary.slice(0, -1)}\r\n`]),
    form([file, `${address}\0\xff\r\n\r\n--${boundary.slice(0, -1)}\r\n`]),
  ],
  "keeps a field of another type": [
    form([`${field}\r\nContent-Type: application/octet-stream`, address]),
    form([`${field}\r\nContent-Type: application/octet-stream`, address]),
  ],
  "knows a file by its encoded name": [
    form([`${field}; filename*=UTF-8''a`, address]),
    form([`${field}; filename*=UTF-8''a`, address]),
  ],
  "knows each part by its own headers": [
    form([field, address], [file, address], [field, ""], [file, ""], [field, `${address}\r\n${address}`]),
    form([field, changed], [file, address], [field, ""], [file, ""], [field, `${changed}\r\n${changed}`]),
  ],
  "takes a preamble and an epilogue as they are": [
    `before ${address}\r\n${form([field, address])}after ${address}`,
    `before ${address}\r\n${form([field, changed])}after ${address}`,
  ],
  "takes a form that breaks off as it is": [
    `--${boundary}\r\n${field}\r\n\r\nhttp://127.0.0.1:8080`,
    `--${boundary}\r\n${field}\r\n\r\nhttp://alb.example`,
  ],
  "takes what is no form as it is": [address, address],
  "takes headers without an end as they are": [
    `--${boundary}\r\n${"x".repeat(20_000)}${address}`,
    `--${boundary}\r\n${"x".repeat(20_000)}${address}`,
  ],
  "takes nothing": ["", ""],
};

describe("a form with files", () => {
  for (const [title, [sent, arrives]] of Object.entries(cases)) {
    it(title, () => {
      for (const size of [1, 2, 3, 7, 64, 1_000, 100_000]) {
        expect(rewritten(sent, size), `chunks of ${size}`).to.equal(arrives);
      }
    });
  }

  it("has its boundary in the type", () => {
    expect(boundaryOf(`multipart/form-data; boundary=${boundary}`)).to.equal(boundary);
    expect(boundaryOf('Multipart/Form-Data; charset=utf-8; boundary="a b"')).to.equal("a b");
    expect(boundaryOf("multipart/form-data")).to.equal(undefined);
    expect(boundaryOf("multipart/mixed; boundary=a")).to.equal(undefined);
  });
});
