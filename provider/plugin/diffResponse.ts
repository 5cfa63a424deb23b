import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { Diff } from "./gateProvider";

const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
const changing = { ADD, DELETE, UPDATE } as const;
const replacing = { ADD: ADD_REPLACE, DELETE: DELETE_REPLACE, UPDATE: UPDATE_REPLACE } as const;

/** A diff as the engine shows it: in detail, so that it shows no other key. */
export function diffResponse({ hasChanges, replaces, shown }: Diff): DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  const response = new DiffResponse()
    .setChanges(hasChanges ? DIFF_SOME : DIFF_NONE)
    .setReplacesList([...replaces])
    .setDiffsList(shown.map(({ key }) => key))
    .setHasdetaileddiff(true);
  for (const { key, kind } of shown) {
    const kinds = replaces.includes(key) ? replacing : changing;
    response.getDetaileddiffMap().set(key, new PropertyDiff().setKind(kinds[kind]));
  }
  return response;
}
