import { byOwner, ownersById, ownersWarning } from "../../../core/status/accountOwner";
import { account } from "../../builders/members";

const ownerOf = new Map([
  [account(3), "payments"],
  [account(2), "core"],
  [account(1), "payments"],
  [account(4), "network"],
]);
const owners = [
  { owner: "core", accountIds: [account(2)] },
  { owner: "network", accountIds: [account(4)] },
  { owner: "payments", accountIds: [account(1), account(3)] },
];

test("owners are sorted, and so are the accounts of each", () => {
  expect(byOwner(ownerOf)).toEqual(owners);
});

test("each account has its owner", () => {
  expect(ownersById({ owners })).toEqual(ownerOf);
});

test("owners that were not read warn of nothing", () => {
  expect(ownersById()).toEqual(new Map());
  expect(ownersWarning()).toEqual([]);
  expect(ownersWarning({ owners, warning: "A tag was not read." })).toEqual(["A tag was not read."]);
});
