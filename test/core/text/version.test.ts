import { version } from "../../../core/text/version";

test("the version in the code is the package's", () => {
  expect(version).toBe(jest.requireActual<{ version: string }>("../../../package.json").version);
});
