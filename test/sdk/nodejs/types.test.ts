import type * as pulumi from "@pulumi/pulumi";
import {
  type AssumeRole,
  getOrganizationConformancePackStatus,
  type GetOrganizationConformancePackStatusArgs,
  getOrganizationConformancePackStatusOutput,
  type GetOrganizationConformancePackStatusOutputArgs,
  type GetOrganizationConformancePackStatusResult,
  type GateDecision,
  type MemberStatus,
  OrganizationConformancePackStatus,
  type OrganizationConformancePackStatusArgs,
  type Tolerance,
  type UnexpectedMember,
  type Verdict,
} from "../../../sdk/nodejs";

// The types are the assertions: `tsc -p tsconfig.json` fails where one does not hold.

type IsAny<T> = 0 extends 1 & T ? true : false;
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- Differences inside a function type count.
type IsEqual<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Whether `any` is somewhere inside. */
type ContainsAny<T> =
  IsAny<T> extends true
    ? true
    : T extends readonly (infer E)[]
      ? ContainsAny<E>
      : T extends object
        ? true extends { [K in keyof T]-?: ContainsAny<T[K]> }[keyof T]
          ? true
          : false
        : false;

/** The properties that are `any`, or an Output of something that has an `any` inside. */
type AnyProperties<T> = {
  [K in keyof T]-?: IsAny<T[K]> extends true
    ? K
    : T[K] extends pulumi.Output<infer V>
      ? true extends ContainsAny<V>
        ? K
        : never
      : never;
}[keyof T];

type OutputOf<K extends keyof OrganizationConformancePackStatus> =
  OrganizationConformancePackStatus[K] extends pulumi.Output<infer V> ? V : never;

/** `true` for a type that is `true`, else an error. */
type Holds<T extends true> = T;

test("the helpers find an any", () => {
  const found: [
    Holds<ContainsAny<{ a: { b: any }[] }>>, // eslint-disable-line @typescript-eslint/no-explicit-any -- It is looked for.
    Holds<IsEqual<AnyProperties<{ a: pulumi.Output<any>; b: pulumi.Output<string> }>, "a">>, // eslint-disable-line @typescript-eslint/no-explicit-any -- The same.
    Holds<IsEqual<ContainsAny<{ a: string }>, false>>,
  ] = [true, true, true];
  expect(found).toEqual([true, true, true]);
});

test("no output is any", () => {
  const none: [AnyProperties<OrganizationConformancePackStatus>] extends [never] ? true : false = true;
  const noneOfResult: IsEqual<ContainsAny<GetOrganizationConformancePackStatusResult>, false> = true;
  const noneOfOutputForm: IsEqual<
    ContainsAny<pulumi.Unwrap<ReturnType<typeof getOrganizationConformancePackStatusOutput>>>,
    false
  > = true;
  expect([none, noneOfResult, noneOfOutputForm]).toEqual([true, true, true]);
});

test("no argument is any", () => {
  const none: [
    IsEqual<ContainsAny<GetOrganizationConformancePackStatusArgs>, false>,
    [AnyArgument<GetOrganizationConformancePackStatusOutputArgs>] extends [never] ? true : false,
    [AnyArgument<OrganizationConformancePackStatusArgs>] extends [never] ? true : false,
  ] = [true, true, true];
  expect(none).toEqual([true, true, true]);
});

type AnyArgument<T> = { [K in keyof T]-?: true extends IsAny<T[K]> | IsAny<pulumi.Unwrap<T[K]>> ? K : never }[keyof T];

test("outputs have the types of the result", () => {
  const equal: [
    IsEqual<OutputOf<"members">, MemberStatus[]>,
    IsEqual<OutputOf<"failed">, MemberStatus[]>,
    IsEqual<OutputOf<"inProgress">, MemberStatus[]>,
    IsEqual<OutputOf<"stuck">, MemberStatus[]>,
    IsEqual<OutputOf<"unexpected">, UnexpectedMember[]>,
    IsEqual<OutputOf<"regionStatuses">[number], GetOrganizationConformancePackStatusResult["regionStatuses"][number]>,
    IsEqual<OutputOf<"decision">, GateDecision>,
    IsEqual<OutputOf<"verdict">, Verdict>,
    IsEqual<OutputOf<"name">, string>,
    IsEqual<OutputOf<"regions">, string[]>,
    IsEqual<OutputOf<"counts">, GetOrganizationConformancePackStatusResult["counts"]>,
    IsEqual<OutputOf<"reasons">[number], GetOrganizationConformancePackStatusResult["reasons"][number]>,
    IsEqual<OutputOf<"missing">[number], GetOrganizationConformancePackStatusResult["missing"][number]>,
  ] = [true, true, true, true, true, true, true, true, true, true, true, true, true];
  expect(equal).not.toContain(false);
});

test("wrong arguments do not compile", () => {
  const wrong = [
    // @ts-expect-error -- The name is required.
    () => getOrganizationConformancePackStatus({}),
    // @ts-expect-error -- It is a text.
    () => getOrganizationConformancePackStatus({ name: 5 }),
    // @ts-expect-error -- An Output is for the Output form.
    (name: pulumi.Output<string>) => getOrganizationConformancePackStatus({ name }),
    // @ts-expect-error -- There is no such status.
    () => getOrganizationConformancePackStatus({ name: "a", statuses: ["FAILED"] }),
    // @ts-expect-error -- It is regions, a list.
    () => getOrganizationConformancePackStatusOutput({ name: "a", region: "us-east-1" }),
    // @ts-expect-error -- There is no such value.
    () => new OrganizationConformancePackStatus("a", { name: "a", failOn: "always" }),
    // @ts-expect-error -- An output is no argument.
    () => new OrganizationConformancePackStatus("a", { name: "a", verdict: "PASSED" }),
    // @ts-expect-error -- There is no such word.
    () => getOrganizationConformancePackStatus({ name: "a", expectedAccounts: "organisation" }),
    // @ts-expect-error -- The reason is required.
    () => new OrganizationConformancePackStatus("a", { name: "a", tolerate: { accounts: [{ accountId: "1" }] } }),
    // @ts-expect-error -- It is accounts.
    () => new OrganizationConformancePackStatus("a", { name: "a", tolerate: { account: [] } }),
    // @ts-expect-error -- The role's ARN is required.
    () => getOrganizationConformancePackStatusOutput({ name: "a", assumeRole: { externalId: "x" } }),
    // @ts-expect-error -- It is timeoutSeconds.
    () => new OrganizationConformancePackStatus("a", { name: "a", waitForSettled: { timeout: 5 } }),
    // @ts-expect-error -- The function does not wait.
    () => getOrganizationConformancePackStatus({ name: "a", waitForSettled: true }),
    // @ts-expect-error -- A read would gate nothing.
    () => new OrganizationConformancePackStatus("a", { name: "a" }, { id: "a" }),
    // @ts-expect-error -- The same.
    () => new OrganizationConformancePackStatus("a", { name: "a" }, { import: "a" }),
  ];
  const right = [
    (name: pulumi.Output<string>) => getOrganizationConformancePackStatusOutput({ name }),
    (name: pulumi.Input<string>) => new OrganizationConformancePackStatus("a", { name, failOn: "failed" }),
    (regions: readonly string[]) => new OrganizationConformancePackStatus("a", { name: "a", regions }),
    (region: pulumi.Output<string>) => new OrganizationConformancePackStatus("a", { name: "a", regions: [region] }),
    (text: pulumi.Output<string>) =>
      new OrganizationConformancePackStatus("a", {
        name: text,
        assumeRole: { roleArn: text, externalId: text },
        tolerate: { accounts: [{ accountId: text, reason: text, regions: [text] }], inProgress: "warn" },
        expectedAccounts: "organization",
        excludedAccounts: [text],
        triggers: [text, { nested: [text] }],
        waitForSettled: { timeoutSeconds: text.apply(Number) },
      }),
    (tolerance: pulumi.Output<Tolerance>, ids: pulumi.Output<string[]>) =>
      new OrganizationConformancePackStatus("a", {
        name: "a",
        tolerate: tolerance,
        expectedAccounts: ids,
        waitForSettled: true,
        triggers: ids,
      }),
    (role: pulumi.Output<AssumeRole>) =>
      getOrganizationConformancePackStatusOutput({ name: "a", assumeRole: role, expectedAccounts: "organization" }),
    (roleArn: pulumi.Output<string>) =>
      getOrganizationConformancePackStatusOutput({ name: "a", assumeRole: { roleArn }, stuckAfterMinutes: 30 }),
    () =>
      getOrganizationConformancePackStatus({ name: "a", expectedAccounts: "organization", excludedAccounts: ["1"] }),
    (gate: OrganizationConformancePackStatus) =>
      getOrganizationConformancePackStatusOutput({ name: "a" }, { dependsOn: [gate] }),
  ];
  expect([wrong.length, right.length]).toEqual([15, 10]);
});
