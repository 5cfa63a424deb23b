import { tmpdir } from "node:os";
import { join } from "node:path";

const before = { ...process.env };

/** No test sees the AWS settings of the person who runs it, and none asks a machine for its role. */
beforeEach(() => {
  const none = join(tmpdir(), "pulumi-org-conformance-has-no-such-file");
  process.env = {
    ...Object.fromEntries(Object.entries(before).filter(([name]) => !/^(AWS_|https?_proxy$|no_proxy$)/i.test(name))),
    AWS_CONFIG_FILE: none,
    AWS_SHARED_CREDENTIALS_FILE: none,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
});

afterEach(() => {
  process.env = { ...before };
});
