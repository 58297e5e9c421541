import { expect } from "chai";

import {
  cookieForDoor,
  hasAddresses,
  requestHeaders,
  responseHeaders,
} from "../../../../../localAws/live/host/door/headers";
import type { Site } from "../../../../../localAws/live/host/door/sites";

const site: Site = {
  loadBalancerArn: "arn",
  dnsName: "alb.elb.amazonaws.com",
  host: "example.com",
  names: ["example.com", "alb.elb.amazonaws.com"],
  scheme: "https",
  port: 443,
  addresses: ["54.0.0.1"],
};
const origin = "http://127.0.0.1:8080";

describe("a door's headers", () => {
  it("name the site to the load balancer, and no address that a visitor chose", () => {
    const headers = requestHeaders(
      {
        host: "127.0.0.1:8080",
        origin,
        referer: `${origin}/wp-admin/`,
        cookie: "a=b",
        connection: "keep-alive",
        "x-forwarded-for": "10.0.0.1",
        "x-forwarded-proto": "https",
        forwarded: "for=10.0.0.1",
        "accept-encoding": "gzip",
      },
      site,
      "127.0.0.1:8080",
    );
    expect(headers).to.deep.equal({
      host: "example.com",
      origin: "https://example.com",
      referer: "https://example.com/wp-admin/",
      cookie: "a=b",
      "accept-encoding": "identity",
    });
  });

  it("keep cookies on loopback without TLS", () => {
    expect(cookieForDoor("a=b; Domain=.example.com; Path=/; Secure; HttpOnly; SameSite=None")).to.equal(
      "a=b; Path=/; HttpOnly",
    );
    expect(cookieForDoor("a=secure; path=/wp-admin; SameSite=Lax")).to.equal(
      "a=secure; path=/wp-admin; SameSite=Lax",
    );
  });

  it("name the door to the browser", () => {
    const headers = responseHeaders(
      {
        location: "https://example.com:443/wp-login.php?redirect_to=https%3A%2F%2Fexample.com%2Fwp-admin%2F",
        link: '<https://example.com/wp-json/>; rel="https://api.w.org/"',
        refresh: "0;url=https://alb.elb.amazonaws.com/",
        "content-security-policy":
          "default-src 'self' example.com https://example.com; upgrade-insecure-requests",
        "strict-transport-security": "max-age=1",
        "set-cookie": ["a=b; Secure"],
        "content-length": "10",
        "transfer-encoding": "chunked",
      },
      site,
      origin,
      false,
    );
    expect(headers).to.deep.equal({
      location: `${origin}/wp-login.php?redirect_to=http%3A%2F%2F127.0.0.1%3A8080%2Fwp-admin%2F`,
      link: `<${origin}/wp-json/>; rel="https://api.w.org/"`,
      refresh: `0;url=${origin}/`,
      "content-security-policy": `default-src 'self' 127.0.0.1:8080 ${origin}`,
      "set-cookie": ["a=b"],
      "content-length": "10",
    });
  });

  it("have no length of a body that changes", () => {
    const headers = { "content-length": "1", "content-encoding": "gzip", etag: '"a"' };
    expect(responseHeaders(headers, site, origin, true)).to.deep.equal({ etag: '"a"' });
  });

  it("tell which bodies have addresses", () => {
    const types = [
      "text/html; charset=UTF-8",
      "text/css",
      "application/javascript",
      "application/json",
      "text/xml",
    ];
    const more = ["application/rss+xml", "application/ld+json", "image/svg+xml", "application/manifest+json"];
    for (const type of [...types, ...more]) {
      expect(hasAddresses({ "content-type": type }, 200), type).to.equal(true);
    }
    for (const type of ["image/png", "font/woff2", "application/zip", "video/mp4", undefined]) {
      expect(hasAddresses({ "content-type": type }, 200), String(type)).to.equal(false);
    }
    expect(hasAddresses({ "content-type": "text/html" }, 206)).to.equal(false);
    const download = { "content-type": "text/xml", "content-disposition": "attachment; filename=export.xml" };
    expect(hasAddresses(download, 200)).to.equal(false);
  });
});
