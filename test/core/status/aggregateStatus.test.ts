import { worstAggregate } from "../../../core/status/aggregateStatus";

test.each<[aggregates: (string | undefined)[], worst: string | undefined]>([
  [["CREATE_SUCCESSFUL"], "CREATE_SUCCESSFUL"],
  [["CREATE_SUCCESSFUL", "UPDATE_FAILED"], "UPDATE_FAILED"],
  [["UPDATE_IN_PROGRESS", "CREATE_SUCCESSFUL"], "UPDATE_IN_PROGRESS"],
  [["UPDATE_IN_PROGRESS", "CREATE_FAILED"], "CREATE_FAILED"],
  [["CREATE_SUCCESSFUL", "SOMETHING_NEW"], "SOMETHING_NEW"],
  [["CREATE_FAILED", undefined], undefined],
  [[], undefined],
])("of the aggregates %j, the worst is %p", (aggregates, worst) => {
  const regionStatuses = aggregates.map((status, index) =>
    status === undefined ? {} : { aggregate: { status, errorCode: `Code${String(index)}` } },
  );
  const expected = regionStatuses.find(({ aggregate }) => worst !== undefined && aggregate?.status === worst);
  expect(worstAggregate(regionStatuses)).toEqual(expected ?? {});
});
