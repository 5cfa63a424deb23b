import type * as dynamic from "@pulumi/pulumi/dynamic";
import { readAwsSettings } from "../core/aws/settings";
import { OrgConformanceError } from "../core/errors";
import { dynamicHost } from "./dynamicHost";
import { exitWithTheEngine } from "./exitWithTheEngine";
import * as gate from "./gateHandlers";
import { inputsOf, type Properties } from "./gateInputs";
import { UnhealthyError } from "./unhealthyError";
import { unknownText } from "./unknown";

/** Pulumi's host keeps the provider's text itself; `previewing` is for `check` alone, since only the program knows it. */
const hostKeys: readonly string[] = ["__provider", "previewing"];

/** The gate as a dynamic provider: the handlers behind the interface that Pulumi's own host calls. */
export class PackStatusProvider implements dynamic.ResourceProvider<Properties, Properties> {
  #aws: ReturnType<typeof readAwsSettings> = { settings: { assumeRoles: [], endpoints: {} }, problems: [] };

  /** Has no `await`: the next request may come in before its promise resolves. */
  configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.#aws = readAwsSettings((key) => config.get(key));
    return Promise.resolve();
  }

  async check(olds: Properties, news: Properties): Promise<dynamic.CheckResult<Properties>> {
    const given = Object.fromEntries(Object.entries(inputsOf(news)).filter(([key]) => !hostKeys.includes(key)));
    const isPreview = news.previewing === true;
    const host = dynamicHost(this.#aws, isPreview);
    const { ended, inputs } = gate.beforeLookup(given, host);
    const checked = ended ?? (await checkKnown(olds, inputs, host, isPreview));
    return { inputs: checked.inputs, failures: [...checked.failures] };
  }

  /** The provider's own text is compared too: refresh and destroy run the text that is in state. */
  // eslint-disable-next-line @typescript-eslint/require-await -- What it throws must be a rejection.
  async diff(_id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult> {
    const { needsUpdate, replaces } = gate.changeOf(olds, news);
    return { changes: needsUpdate, replaces: [...replaces] };
  }

  async create(inputs: Properties): Promise<dynamic.CreateResult<Properties>> {
    return { id: gate.idOf(inputs), outs: await this.#settle(inputs) };
  }

  async update(_id: string, _olds: Properties, news: Properties): Promise<dynamic.UpdateResult<Properties>> {
    return { outs: await this.#settle(news) };
  }

  async #settle(checked: Properties): Promise<Properties> {
    const stopWatching = exitWithTheEngine();
    try {
      const settled = await gate.settle(checked, dynamicHost(this.#aws, false));
      if (settled.kind === "settled") return settled.state;
      throw new UnhealthyError(settled.message, gate.idOf(settled.state), settled.state);
    } finally {
      stopWatching();
    }
  }

  async read(_id: string, props: Properties = {}): Promise<dynamic.ReadResult<Properties>> {
    try {
      const state = await gate.read(props, dynamicHost(this.#aws));
      return { id: gate.idOf(state), props: state, inputs: state };
    } catch (error) {
      // The engine's host prints the stack, and the message is all that a person can use.
      if (error instanceof OrgConformanceError) error.stack = "";
      throw error;
    }
  }

  /** Nothing at AWS belongs to this resource. */
  delete(): Promise<void> {
    return Promise.resolve();
  }
}

async function checkKnown(
  olds: Properties,
  inputs: Properties,
  host: gate.GateHost,
  isPreview: boolean,
): Promise<gate.Checked> {
  // The update is about to put the pack: its status now is not the one to judge.
  if (isPreview && gate.triggersChanged(olds, inputs)) {
    return { inputs: { ...inputs, verdict: unknownText }, failures: [] };
  }
  return gate.check(inputs, host);
}
