import * as pulumi from "@pulumi/pulumi";
import { pluginConfig } from "../../policy/stackConfig";

afterEach(() => {
  pulumi.runtime.setAllConfig({});
  delete process.env.PULUMI_NODEJS_PROJECT;
});

test.each([
  ["platform", ["profile", "reigon"]],
  // Its own settings are in the plugin's namespace.
  ["org-conformance", ["profile"]],
])("in the project %s, the settings of the plugin are %j", (project, settings) => {
  process.env.PULUMI_NODEJS_PROJECT = project;
  pulumi.runtime.setAllConfig({
    "org-conformance:profile": "audit",
    "org-conformance:reigon": "eu-west-1",
    "aws:profile": "deploy",
  });
  expect([...pluginConfig().keys()].sort()).toEqual(settings);
});
