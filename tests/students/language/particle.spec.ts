import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

import { withParticle, type Particle } from "../../../students/language/particle";
import { repository, repositoryFiles } from "../../support/repositoryFiles";

describe("a Korean particle", () => {
  const expected: readonly (readonly [string, Particle, string])[] = [
    ["서버", "이/가", "서버가"],
    ["그룹", "이/가", "그룹이"],
    ["그룹", "을/를", "그룹을"],
    ["포트 80", "은/는", "포트 80은"],
    ["포트 22", "은/는", "포트 22는"],
    ["i-0a1", "을/를", "i-0a1을"],
    ["i-0a1", "으로/로", "i-0a1로"],
    ["ami-3", "으로/로", "ami-3으로"],
    ["wordpress-fleet-1b", "이/가", "wordpress-fleet-1b가"],
    ["mail", "으로/로", "mail로"],
    ["admin", "으로/로", "admin으로"],
    ["http://host1/", "이/가", "http://host1/이"],
    ["0.0.0.0/0, ::/0", "을/를", "0.0.0.0/0, ::/0을"],
    ["ROLE", "이/가", "ROLE가"],
    ["서울", "으로/로", "서울로"],
    ["EC2", "으로/로", "EC2로"],
    ["S3", "을/를", "S3를"],
    ["ami-s3", "을/를", "ami-s3를"],
    ["NAT", "은/는", "NAT는"],
    ["RDS", "으로/로", "RDS로"],
    ["ALB", "이/가", "ALB가"],
    ["Lambda", "을/를", "Lambda를"],
    ["IAM", "은/는", "IAM은"],
    ["VPN", "을/를", "VPN을"],
    ["Auto Scaling", "을/를", "Auto Scaling을"],
    ["Auto Scaling", "으로/로", "Auto Scaling으로"],
    ["my-group", "이/가", "my-group이"],
    ["up", "을/를", "up을"],
    ["", "이/가", "가"],
  ];
  for (const [word, particle, text] of expected) {
    it(`fits the last sound: ${text}`, () => {
      expect(withParticle(word, particle)).to.equal(text);
    });
  }

  it("is never left open in a message", () => {
    const open = /\p{L}?\((?:은|는|이|가|을|를|으|와|과)\)\p{L}?|(?:은|이|을|와|과)\((?:는|가|를|과|와)\)/u;
    const sources = repositoryFiles().filter((file) => /\.(ts|md)$/.test(file) && !file.startsWith("tests/"));
    const found = sources.flatMap((file) =>
      readFileSync(path.join(repository, file), "utf8")
        .split("\n")
        .filter((line) => open.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(found).to.deep.equal([]);
  });
});
