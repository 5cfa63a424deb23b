import { credentialsInConfig, type GatedStack, gatedStack, packName, resourceOfType, statusIn } from "./gatedStack";

let stack: GatedStack | undefined;
afterEach(async () => {
  await stack?.close();
  stack = undefined;
});

/** An example is a module that declares as it loads, so each is loaded, and run, once. */
const program = (example: string) => () =>
  Promise.resolve(jest.requireActual<Record<string, unknown>>(`../../examples/${example}/index`));

test("reference: exports what it looked up, and gates nothing", async () => {
  stack = await gatedStack(
    program("reference"),
    { packs: [{ name: packName, members: 10, failing: 1 }] },
    { config: credentialsInConfig },
  );
  expect(await stack.up()).toMatchObject({ succeeded: true });
  const outputs = await stack.stack.outputs();
  expect(outputs.verdict?.value).toBe("FAILED");
  expect(outputs.failedAccounts?.value).toEqual(["200005000015: NoAvailableConfigurationRecorderException"]);
});

test("gate: refuses while an account has failed, before its service is created", async () => {
  stack = await gatedStack(program("gate"), { packs: [{ name: packName, members: 10, failing: 1 }] });
  const { succeeded, output } = await stack.up();
  expect(succeeded).toBe(false);
  expect(output).toContain("1 of 10 accounts failed.");
  const resources = await stack.resources();
  expect(statusIn(resources)).toBeUndefined();
  expect(resourceOfType(resources, "example:index:Service")).toBeUndefined();
});
