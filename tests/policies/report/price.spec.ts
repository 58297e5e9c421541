import { expect } from "chai";

import { guardrails } from "../../../policies/guardrails/pack";
import { jsonReport } from "../../../policies/report/json";
import type { StackPrice } from "../../../policies/report/price";
import { stackResult } from "../../../policies/report/results";
import { renderTable } from "../../../policies/report/table";
import { packOf, run } from "./runs";

const same: StackPrice = {
  dollarsPerMonth: 60.3,
  before: { of: "HEAD", dollarsPerMonth: 60.3 },
  differences: [],
  unpriced: [],
  pricesAsOf: "2026-06-01",
};
const more: StackPrice = {
  ...same,
  dollarsPerMonth: 310,
  before: { of: "main", dollarsPerMonth: 240.5 },
  differences: [
    { part: "NAT gateways", dollarsPerMonth: 73 },
    { part: "endpoint of Secrets Manager", dollarsPerMonth: -3.5 },
  ],
};
const resultOf = (stack: string, price?: StackPrice) =>
  stackResult({ ...run(stack, [packOf(guardrails)]), price });
const rowIn = (text: string) => text.split("\n").find((line) => line.startsWith("| price"));

describe("the price beside the table", () => {
  it("has a row with the difference of each stack, and its parts below", () => {
    const text = renderTable([resultOf("dev", same), resultOf("prod", more), resultOf("lab")]);
    expect(rowIn(text)).to.match(
      /^\| price a month, before traffic +\| \$60\.30 \| \$310\.00 \(\+\$69\.50\) \| +\|$/,
    );
    expect(text).to.contain(
      "Price a month\n\n    prod: $240.50 (main) to $310.00: NAT gateways +$73.00, endpoint of Secrets Manager -$3.50\n",
    );
    expect(text).not.to.contain("    dev:");
  });

  it("names what the price leaves out, and a deployed stack's price without parts", () => {
    const text = renderTable([
      resultOf("prod", {
        ...same,
        before: { of: "deployed", dollarsPerMonth: 70 },
        unpriced: ["2 x x9.huge"],
      }),
    ]);
    expect(rowIn(text)).to.contain("$60.30 (-$9.70)");
    expect(text).to.contain("    prod: $70.00 (deployed) to $60.30\n");
    expect(text).to.contain(
      "    prod: without 2 x x9.huge, which the price table of 2026-06-01 does not have\n",
    );
  });

  it("is not there when no price is known, and is in JSON", () => {
    expect(rowIn(renderTable([resultOf("dev")]))).to.equal(undefined);
    expect(renderTable([resultOf("dev", same)])).not.to.contain("Price a month\n");
    expect(jsonReport([resultOf("prod", more)]).stacks[0]?.price).to.deep.equal(more);
  });
});
