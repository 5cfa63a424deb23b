import type * as dynamic from "@pulumi/pulumi/dynamic";
import { readAwsSettings } from "../core/aws/settings";
import { OrgConformanceError } from "../core/errors";
import * as gate from "./gateHandlers";
import { inputsOf, type Properties, withTriggersDigest } from "./gateInputs";
import { exitWithTheEngine } from "./exitWithTheEngine";
import { showProgressLine } from "./progressLine";
import { UnhealthyError } from "./unhealthyError";
import { containsUnknown, unknownText, withoutUnknown } from "./unknown";

/** The gate as a dynamic provider: what Pulumi's own host calls, in terms of the handlers. */
export class PackStatusProvider implements dynamic.ResourceProvider<Properties, Properties> {
  #aws: ReturnType<typeof readAwsSettings> = { settings: { assumeRoles: [], endpoints: {} }, problems: [] };

  /** Has no `await`: a second request may come in before a promise of it resolves. */
  configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.#aws = readAwsSettings((key) => config.get(key));
    return Promise.resolve();
  }

  async check(olds: Properties, news: Properties): Promise<dynamic.CheckResult<Properties>> {
    const { __provider, previewing, ...rest } = news;
    const inputs = containsUnknown(rest.triggers) ? inputsOf(rest) : withTriggersDigest(inputsOf(rest));
    const problems = withoutUnknown(gate.problemsOf(inputs, this.#host), inputs);
    const { failures, inputs: checked } =
      problems.length > 0 ? gate.refused(inputs, problems) : await this.#checkKnown(olds, inputs, previewing === true);
    return { inputs: { ...checked, __provider }, failures: [...failures] };
  }

  async #checkKnown(olds: Properties, inputs: Properties, isPreview: boolean): Promise<gate.Checked> {
    // A pack that is created in the same update has no name yet: the update looks it up.
    if (containsUnknown(inputs)) return { inputs, failures: [] };
    // A pack that the update is about to put: how it is now is not what will be judged.
    if (isPreview && gate.triggersChanged(olds, inputs)) {
      return { inputs: { ...inputs, verdict: unknownText }, failures: [] };
    }
    return gate.check(inputs, this.#host);
  }

  /** The provider's own text is compared too: refresh and destroy run the text that is in state. */
  diff(_id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult> {
    const isLookedUp = news.lookedUpAt !== undefined;
    // Without a lookup, no default region was filled in.
    const changed = gate.changedKeys(olds, isLookedUp ? news : { ...news, regions: news.regions ?? olds.regions });
    return Promise.resolve({
      changes: changed.length > 0 || gate.needsWait(news),
      replaces: changed.filter((key) => gate.replacingKeys.includes(key)),
    });
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
      const { state, ...outcome } = await gate.settle(checked, this.#host);
      const saved = { ...state, __provider: checked.__provider };
      if (outcome.kind === "settled") return saved;
      throw new UnhealthyError(outcome.message, gate.idOf(state), saved);
    } finally {
      stopWatching();
    }
  }

  async read(_id: string, props: Properties = {}): Promise<dynamic.ReadResult<Properties>> {
    try {
      const state = await gate.read(props, this.#host);
      return { id: gate.idOf(state), props: state, inputs: state };
    } catch (error) {
      // The engine's host prints "error: error.stack": the message is all that a person can use.
      if (error instanceof OrgConformanceError) error.stack = "";
      throw error;
    }
  }

  /** Nothing at AWS belongs to this resource. */
  delete(): Promise<void> {
    return Promise.resolve();
  }

  get #host(): gate.GateHost {
    const { problems, settings } = this.#aws;
    return {
      settings,
      settingsProblems: problems,
      now: () => new Date(),
      log: (_severity, text) => {
        showProgressLine(text);
      },
    };
  }
}
