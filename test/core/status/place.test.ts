import { byAccountThenRegion } from "../../../core/status/place";
import { account } from "../../builders/members";

test("places are sorted by account, then by region", () => {
  const sorted = [
    { accountId: account(2), region: "eu-west-1" },
    { accountId: account(10), region: "ap-south-1" },
    { accountId: account(10), region: "us-east-1" },
  ];
  const [first, second, third] = sorted as [(typeof sorted)[0], (typeof sorted)[0], (typeof sorted)[0]];
  expect([third, second, first].sort(byAccountThenRegion)).toEqual(sorted);
  expect([second, first, third].sort(byAccountThenRegion)).toEqual(sorted);
  expect(byAccountThenRegion(first, { ...first })).toBe(0);
});
