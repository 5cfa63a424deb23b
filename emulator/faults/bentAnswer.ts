import type { Fault } from "./fault";

type Answer = Readonly<Record<string, unknown>>;

/** The answer of an operation, changed as the fault demands. */
export function bentAnswer(fault: Fault, input: Answer, answer: Answer): Answer {
  switch (fault.kind) {
    case "repeatedNextToken":
      return input.NextToken === undefined ? answer : { ...answer, NextToken: input.NextToken };
    case "unknownStatus":
      return withFirstRow(answer, { Status: "CREATE_PAUSED" });
    case "missingField":
      return withFirstRow(answer, { [fault.field ?? "Status"]: undefined });
    default:
      return answer;
  }
}

function withFirstRow(answer: Answer, changes: Answer): Answer {
  const [first, ...rest] = (answer.OrganizationConformancePackDetailedStatuses ?? []) as Answer[];
  return first
    ? { ...answer, OrganizationConformancePackDetailedStatuses: [{ ...first, ...changes }, ...rest] }
    : answer;
}
