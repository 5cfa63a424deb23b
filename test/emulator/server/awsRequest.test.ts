import { emulate } from "../../builders/emulator";
import { post } from "../rawRequest";

test("a form field that is named like a credential is not logged", async () => {
  const emulator = await emulate();
  const form = { Action: "GetCallerIdentity", AccessKeyId: "AKIA1", SecretAccessKey: "hush1", SessionToken: "hush2" };
  await post(emulator, { body: new URLSearchParams({ ...form, ClientSecret: "hush3" }).toString() });
  expect(emulator.requests.map(({ input }) => input)).toEqual([{ Action: "GetCallerIdentity" }]);
});
