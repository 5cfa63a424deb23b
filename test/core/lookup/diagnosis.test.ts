import { AccessDeniedError, Failure } from "../../../core/errors";
import { diagnosisOf } from "../../../core/lookup/diagnosis";
import "../aws/awsEnvironment";
import { emulate, settingsFor } from "../aws/emulate";

const denied = (action: string) =>
  new Failure(AccessDeniedError, { packName: "baseline", region: "us-east-1", service: "AWS STS", action });

test.each(["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"])(
  "where %s is denied, there is no caller to ask for",
  async (action) => {
    const emulator = await emulate({});
    expect(await diagnosisOf(denied(action), settingsFor(emulator.endpoint))).toEqual({});
    expect(emulator.requests).toEqual([]);
  },
);

test("where another action is denied, the caller is named", async () => {
  const { endpoint } = await emulate({});
  const { diagnosis } = await diagnosisOf(denied("organizations:ListAccounts"), settingsFor(endpoint));
  expect(diagnosis?.join(" ")).toContain("arn:aws:");
});
