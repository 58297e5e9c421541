import { expect } from "chai";

import { isEveryAddress, parseListenAddress, urlOf } from "../../students/listenAddress";

describe("the address at which a class reaches the emulator", () => {
  for (const [text, url] of [
    ["192.168.0.10", "http://192.168.0.10:4580"],
    ["192.168.0.10:5000", "http://192.168.0.10:5000"],
    ["0.0.0.0:0", "http://0.0.0.0:0"],
    ["fd00::1", "http://[fd00::1]:4580"],
    ["[fd00::1]:5000", "http://[fd00::1]:5000"],
  ] as const) {
    it(`is ${url} for ${text}`, () => {
      const parsed = parseListenAddress(text);
      expect(parsed === undefined ? undefined : urlOf(parsed)).to.equal(url);
    });
  }

  for (const text of [
    "",
    "class.example",
    "192.168.0",
    "192.168.0.256",
    "192.168.0.10:80",
    "192.168.0.10:65536",
    "[fd00::1",
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(parseListenAddress(text)).to.equal(undefined);
    });
  }

  it("may be every address of the machine", () => {
    expect(
      ["0.0.0.0", "::", "0::0", "192.168.0.10", "10.0.0.0"].map((ip) => isEveryAddress({ ip, port: 1 })),
    ).to.deep.equal([true, true, true, false, false]);
  });
});
