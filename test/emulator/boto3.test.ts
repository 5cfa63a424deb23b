import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { emulatedAccountId, type EmulatedOrganization } from "../../emulator";
import { pythonWithPackages } from "../../tools/python/python";
import { emulate } from "../builders/emulator";
import { testWith } from "../builders/testWith";

const script = join(__dirname, "organizations_witness.py");
const unit = "ou-root-production";
const management = "111111111111";
const ids = Array.from({ length: 45 }, (_, at) => emulatedAccountId(at));
const tags = Object.fromEntries(ids.map((id, at) => [`tag-${String(at)}`, at === 0 ? "équipe 數據 🚀" : id]));
const organization: EmulatedOrganization = {
  accounts: [{ id: management }, ...ids.map((id, at) => ({ id, parentId: unit, ...(at === 7 && { tags }) }))],
  organizationalUnits: [{ id: unit }, ...ids.map((_id, at) => ({ id: `ou-root-${String(10_000_000 + at)}` }))],
};

// It shares no code with the package: another SDK, made from AWS's own model of the service.
testWith("python3", "--version", "boto3 reads the organization, its tree and its tags as they were given", async () => {
  const python = await pythonWithPackages();
  const { endpoint } = await emulate({ organization });
  const { stdout } = await promisify(execFile)(python, [script, endpoint, ids[7] ?? "", unit], {
    env: { ...process.env, AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/dev/null", NO_PROXY: "127.0.0.1" },
  });
  expect(JSON.parse(stdout)).toEqual({
    roots: ["r-root"],
    units: (organization.organizationalUnits ?? []).map(({ id }) => id),
    accounts: [management, ...ids],
    states: ["ACTIVE"],
    accountsOfUnit: ids,
    pagesOfUnit: 3,
    tags,
    pagesOfTags: 3,
    managementAccount: management,
    errors: ["TargetNotFoundException", "ParentNotFoundException", "InvalidInputException"],
  });
});
