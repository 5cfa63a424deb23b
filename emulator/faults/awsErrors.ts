import { AwsFault } from "../awsFault";
import { actionOf, serviceOf } from "../services/actions";
import type { FaultKind } from "./fault";

/** The AWS error of a fault, in the words of the operation's service; `undefined` for a fault that is no AWS error. */
export function awsErrorOf(kind: FaultKind, operation: string, principal: string): AwsFault | undefined {
  const isOrganizations = serviceOf(operation) === "organizations";
  switch (kind) {
    case "accessDenied":
      return accessDenied(operation, principal);
    case "throttling":
      return throttled(operation);
    case "expiredToken":
      return new AwsFault("ExpiredTokenException", "The security token included in the request is expired");
    case "invalidNextToken":
      return isOrganizations
        ? new AwsFault("InvalidInputException", "The NextToken is not valid.", 400, { Reason: "INVALID_NEXT_TOKEN" })
        : new AwsFault("InvalidNextTokenException", "The specified next token is not valid.");
    case "serverError":
      return isOrganizations
        ? new AwsFault("ServiceException", "AWS Organizations cannot complete the request. Try again later.", 500)
        : new AwsFault("InternalFailure", "The request processing has failed because of an unknown error.", 500);
    default:
      return undefined;
  }
}

export function accessDenied(operation: string, principal: string): AwsFault {
  const isSts = serviceOf(operation) === "sts";
  const action = actionOf(operation);
  return new AwsFault(
    isSts ? "AccessDenied" : "AccessDeniedException",
    `User: ${principal} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    isSts ? 403 : 400,
  );
}

export function throttled(operation: string): AwsFault {
  return serviceOf(operation) === "organizations"
    ? new AwsFault("TooManyRequestsException", "You have sent too many requests in too short a period of time.")
    : new AwsFault("ThrottlingException", "Rate exceeded");
}
