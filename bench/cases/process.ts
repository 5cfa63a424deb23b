import { join } from "node:path";
import { compiledChildren, runCommand } from "../childProcess";
import { withEmulator } from "../emulatorProcess";
import { packName } from "../gathering";
import { type BenchCase, expectThat, type Limit, type Measurement } from "../measurement";
import { otherTools } from "../otherTools";
import { alternate, medianRatio, spread } from "../pairs";

type Command = readonly [string, ...string[]];

const [members, failing] = [10_000, 20];
const sdkPaginator = "a script with the AWS SDK's paginator";

/**
 * The same question put as a whole process, from start to end: how many accounts are there, and how many failed? Asked
 * with this package and with what one would use without it. All leave the page size at its default, which is AWS's
 * maximum of 100.
 */
export const wholeProcess: BenchCase = async ({ runs }) => {
  const { awsCli, boto3 } = await otherTools();
  const script = (name: string, endpoint: string, ...args: readonly string[]): Command => [
    process.execPath,
    join(compiledChildren, `${name}.js`),
    endpoint,
    packName,
    ...args,
  ];
  const others: Readonly<Record<string, (endpoint: string) => Command>> = {
    [sdkPaginator]: (endpoint) => script("paginatorScript", endpoint),
    ...(boto3 && {
      "a script with boto3's paginator": (endpoint) => [
        ...boto3.command,
        join(__dirname, "..", "children", "paginator.py"),
        endpoint,
        packName,
      ],
    }),
    ...(awsCli && {
      "the AWS CLI, which paginates by itself": (endpoint) => [
        ...awsCli.command,
        ...["configservice", "get-organization-conformance-pack-detailed-status"],
        ...["--organization-conformance-pack-name", packName, "--endpoint-url", endpoint, "--output", "json"],
        "--query",
        "[length(OrganizationConformancePackDetailedStatuses), length(OrganizationConformancePackDetailedStatuses[?ends_with(Status, '_FAILED')])]",
      ],
    }),
  };
  const measurements: Measurement[] = [];
  for (const [latencyMs, turns] of [
    [0, runs(15)],
    [20, runs(9)],
    [50, runs(3)],
  ] as const) {
    const packs = [{ name: packName, members, failing }];
    const times = await withEmulator({ latencyMs, packs }, ({ endpoint }) =>
      alternate<string>(turns, {
        package: () => timed(script("gatherScript", endpoint)),
        rowsAlone: () => timed(script("gatherScript", endpoint, "no-aggregate")),
        ...Object.fromEntries(Object.entries(others).map(([name, command]) => [name, () => timed(command(endpoint))])),
      }),
    );
    const compared = (
      what: string,
      limit: Limit,
      own: readonly number[] = [],
      other: readonly number[] = [],
    ): Measurement => ({
      what: `${what} (${latencyMs} ms a request)`,
      unit: "ratio",
      value: medianRatio(own, other),
      limit,
      runs: turns,
      detail: `${spread(own)} to ${spread(other)}`,
    });
    for (const name of Object.keys(others)) {
      measurements.push(
        compared(
          `Gather of 10,000 accounts, as a whole process, to ${name}`,
          name === sdkPaginator ? { most: 1.05 } : { below: 1 },
          times.package,
          times[name],
        ),
      );
      if (name !== sdkPaginator) continue;
      measurements.push(
        compared("The same with the same requests, `aggregate: false`", { most: 1.05 }, times.rowsAlone, times[name]),
      );
    }
  }
  return {
    measurements,
    notes: [
      "Whole processes: each collects all rows and counts them and the failed ones. All use their default page size, which is AWS's maximum of 100. " +
        "The others make 100 requests and check nothing; this package makes one more, for the aggregate. " +
        `boto3 is ${boto3 ? "installed" : "not installed"}; the AWS CLI is ${awsCli ? "installed" : "not installed"}.`,
    ],
  };
};

async function timed([command, ...args]: Command): Promise<number> {
  const { milliseconds, output } = await runCommand(command, args);
  expectThat(output.replace(/\s/g, "") === `[${members},${failing}]`, `${command} counts right: ${output}`);
  return milliseconds;
}
