import { decide } from "../../core/gate/decideChecked";
import { encodeState, type GateState } from "../../provider/gateState";
import { mockPackStatus, type MockPackStatusArgs } from "./mockPackStatus";

/** The state of an `OrganizationConformancePackStatus`, for the `newResource` of `pulumi.runtime.setMocks`. */
export function mockPackStatusState(args: MockPackStatusArgs = {}): GateState {
  const status = mockPackStatus(args);
  return encodeState(status, new Date(), decide(status, args.tolerate));
}
