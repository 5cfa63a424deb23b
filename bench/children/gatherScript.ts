import { gatherPackStatus, readAwsSettings } from "pulumi-org-conformance/core";

// A whole program with this package: all rows, and how many failed. Credentials and region come from the environment.
const [endpoint = "", name = "", aggregate] = process.argv.slice(2);
const { settings } = readAwsSettings((key) =>
  key === "aws:endpoints" ? JSON.stringify([{ configservice: endpoint }]) : undefined,
);
void gatherPackStatus({ name, aggregate: aggregate !== "no-aggregate" }, { settings }).then(({ failed, members }) => {
  console.log(JSON.stringify([members.length, failed.length]));
});
