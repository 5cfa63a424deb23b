import { fillTemplate, messageTemplate } from "../../../core/gate/messageTemplate";
import { account, row } from "../../builders/members";

const failed = (errorMessage?: string) => row({ accountId: account(1), ...(errorMessage && { errorMessage }) });

test("a text with the row's own account id is one for all accounts, and that of one again", () => {
  const text = `arn:aws:iam::${account(1)}:role/a and ${account(1)}, not ${account(2)}`;
  const template = messageTemplate(failed(text)) ?? "";
  expect(template).toBe(`arn:aws:iam::<accountId>:role/a and <accountId>, not ${account(2)}`);
  expect(fillTemplate(template, account(1))).toBe(text);
});

test.each([[undefined], ["No."], [`${account(1)} of <accountId>`]])("there is none for %j", (text) => {
  expect(messageTemplate(failed(text))).toBeUndefined();
});
