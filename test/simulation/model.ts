import type { EmulatedRequest, Emulator } from "../../emulator";
import { managementAccountId } from "../../emulator/organization/managementAccount";

/** A row as the model has it. */
export interface Row {
  readonly accountId: string;
  readonly status: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly lastUpdateTime?: Date | undefined;
}

/** All that AWS knows at one moment. */
export interface State {
  /** The organization's accounts and their states, in the order of `ListAccounts`. */
  readonly organization: ReadonlyMap<string, string>;
  /** The pack's rows by region, in the order of the pages. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
}

/** One thing that happens at AWS. Accounts and regions are numbers: `accountId(0)`, `regionNames[0]`. */
export type Change =
  /** A row comes, turns, or goes (`status` null). In front, or where it was; a new one comes last. */
  | {
      readonly kind: "row";
      readonly account: number;
      readonly region: number;
      readonly status: string | null;
      readonly inFront: boolean;
    }
  /** An account joins, is suspended, or leaves (`state` null). Its rows are changes of their own. */
  | { readonly kind: "account"; readonly account: number; readonly state: string | null }
  /** AWS is done: rows in progress turn healthy, and active accounts without a row get one. */
  | { readonly kind: "finish" };

/** How AWS behaves where it does not say how. */
export interface World {
  readonly accounts: number;
  readonly regions: number;
  /** What differs from an organization of active accounts that are all healthy. */
  readonly initial: readonly Change[];
  /** The pack's own `ExcludedAccounts`. */
  readonly excluded: readonly number[];
  /** 20 more active accounts without a row, so that `ListAccounts` has two pages. */
  readonly crowd: "none" | "first" | "last";
  /** What a token stands for: how many rows came before it, or the last account that did. */
  readonly paging: "offset" | "key";
  /** The rows' times: exact, in steps so long that different rows have the same, or none. */
  readonly times: "exact" | "coarse" | "none";
  /** The aggregate is computed from the rows as they were so many requests before; and before that it was `before`. */
  readonly lag: number;
  readonly before: string;
}

export const packName = "baseline";
export const regionNames = ["us-east-1", "eu-west-1", "ap-south-1"];
/** AWS knows no pack in this one. */
export const regionWithoutPack = "eu-north-1";

const beginning = Date.parse("2026-01-01T00:00:00Z");
const stranger = "999999999999";

/** Account 0 is the management account. */
export function accountId(account: number): string {
  return account === 0 ? managementAccountId : String(200_000_000_000 + account);
}

export const crowd: readonly string[] = Array.from({ length: 20 }, (_, index) => String(300_000_000_000 + index));

/** AWS's side: what it knows, what it knew at each request, and how it pages. */
export class Model {
  /** The state in which each request was answered; at 0, that before the first. */
  readonly history: State[] = [];
  readonly requests: (EmulatedRequest | undefined)[] = [undefined];
  readonly #world: World;
  readonly #walks = new Map<string, Walk>();
  readonly #changed = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    const ids = Array.from({ length: world.accounts }, (_, index) => accountId(index));
    const others = world.crowd === "none" ? [] : crowd;
    const all = world.crowd === "first" ? [...others, ...ids] : [...ids, ...others];
    const healthy: State = {
      organization: new Map(all.map((id) => [id, "ACTIVE"])),
      rows: new Map(
        regionNames
          .slice(0, world.regions)
          .map((region) => [region, ids.map((id) => this.#row(id, "CREATE_SUCCESSFUL", 0))]),
      ),
    };
    this.history.push(world.initial.reduce((state, change) => this.#after(state, change, 0), healthy));
  }

  get now(): State {
    return this.history.at(-1) ?? { organization: new Map(), rows: new Map() };
  }

  /** The number of the last request. */
  get clock(): number {
    return this.history.length - 1;
  }

  /** The changes that come with the next request. */
  answer(request: EmulatedRequest, changes: readonly Change[]): void {
    const clock = this.clock + 1;
    this.requests.push(request);
    this.history.push(changes.reduce((state, change) => this.#after(state, change, clock), this.now));
  }

  /** Where the aggregate lags, an account changes once a gathering at most: twice, and nothing need show it. */
  gatherBegins(): void {
    this.#changed.clear();
  }

  /** Tells the emulator what this request is to see. */
  show(emulator: Emulator, request: EmulatedRequest): void {
    const { now } = this;
    const { region, input } = request;
    const organization = [...now.organization].map(([id, state]) => ({ id, state }));
    const isListing = request.operation === "ListAccounts";
    emulator.setOrganization({
      accounts: isListing ? this.#page("accounts", input, organization, ({ id }) => id, 20) : organization,
    });
    const rows = now.rows.get(region);
    if (!rows) return;
    const { AccountId, Status } = (input.Filters ?? {}) as { AccountId?: string; Status?: string };
    const shown = rows.filter(
      (row) => (AccountId ?? row.accountId) === row.accountId && (Status ?? row.status) === row.status,
    );
    const isReading = request.operation === "GetOrganizationConformancePackDetailedStatus";
    const limit = Number(input.Limit);
    const members = isReading
      ? this.#page(`${region} ${Status ?? ""}`, input, shown, (row) => row.accountId, limit, Status)
      : rows;
    // A row without a time has the property, so that the emulator gives it none.
    emulator.setMembers(packName, members as Parameters<Emulator["setMembers"]>[1], region);
    emulator.setAggregate(packName, this.aggregate(region), region);
  }

  /** The time at which the aggregate was computed that the request at `clock` gets. */
  aggregateMoment(clock: number): number {
    return clock - this.#world.lag;
  }

  aggregate(region: string): string {
    const state = this.history[this.aggregateMoment(this.clock)];
    return state ? aggregateOf(state.rows.get(region) ?? []) : this.#world.before;
  }

  /**
   * The emulator pages by offset. For tokens that stand for a key, it is shown, for this request alone, strangers in
   * place of the rows that came before: so many as its offset skips.
   */
  #page<T>(
    walkKey: string,
    { NextToken: token }: EmulatedRequest["input"],
    items: readonly T[],
    keyOf: (item: T) => string,
    limit: number,
    status = "CREATE_SUCCESSFUL",
  ): T[] {
    if (this.#world.paging === "offset") return [...items];
    const walk = typeof token === "string" ? this.#walks.get(walkKey) : undefined;
    const known: Walk = walk ?? { positions: new Map(), last: { offset: 0, key: "" } };
    this.#walks.set(walkKey, known);
    // A token that comes again is that of a second attempt.
    const from = typeof token === "string" ? (known.positions.get(token) ?? known.last) : { offset: 0, key: "" };
    if (typeof token === "string") known.positions.set(token, from);
    const left = items.filter((item) => keyOf(item) > from.key).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const lastShown = left.slice(0, limit).at(-1);
    known.last = { offset: from.offset + limit, key: lastShown === undefined ? from.key : keyOf(lastShown) };
    const filler = { accountId: stranger, id: stranger, status, state: "ACTIVE" } as T;
    return [...Array.from({ length: from.offset }, () => filler), ...left];
  }

  #after(state: State, change: Change, clock: number): State {
    switch (change.kind) {
      case "account": {
        const organization = new Map(state.organization);
        // The management account stays what it is.
        if (change.account === 0) return state;
        if (change.state === null) organization.delete(accountId(change.account));
        else organization.set(accountId(change.account), change.state);
        return { ...state, organization };
      }
      case "row":
        return this.#withRow(state, change, clock);
      case "finish": {
        const rows = new Map(
          [...state.rows].map(([region, inRegion]) => {
            const done = inRegion.map((row) =>
              isInProgress(row.status) ? this.#row(row.accountId, "UPDATE_SUCCESSFUL", clock) : row,
            );
            const known = new Set(inRegion.map((row) => row.accountId));
            const added = [...state.organization].flatMap(([id, standing]) =>
              standing === "ACTIVE" && !known.has(id) && !crowd.includes(id)
                ? [this.#row(id, "CREATE_SUCCESSFUL", clock)]
                : [],
            );
            return [region, [...done, ...added]];
          }),
        );
        return { ...state, rows };
      }
    }
  }

  #withRow(state: State, change: Change & { kind: "row" }, clock: number): State {
    const region = regionNames[change.region] ?? "";
    const rows = state.rows.get(region);
    const id = accountId(change.account);
    if (!rows) return state;
    if (clock > 0 && this.#world.lag > 0 && this.#changed.has(id + region)) return state;
    if (clock > 0) this.#changed.add(id + region);
    const index = rows.findIndex((row) => row.accountId === id);
    const others = rows.filter((row) => row.accountId !== id);
    const row = change.status === null ? [] : [this.#row(id, change.status, clock)];
    const place = change.inFront ? 0 : index < 0 ? others.length : index;
    return {
      ...state,
      rows: new Map(state.rows).set(region, [...others.slice(0, place), ...row, ...others.slice(place)]),
    };
  }

  #row(id: string, status: string, clock: number): Row {
    const { times } = this.#world;
    const seconds = times === "coarse" ? clock - (clock % 6) : clock;
    return {
      accountId: id,
      status,
      lastUpdateTime: times === "none" ? undefined : new Date(beginning + seconds * 1_000),
      ...(status.endsWith("_FAILED") && {
        errorCode: "InsufficientPermissionsException",
        errorMessage: `An explicit deny for arn:aws:iam::${id}:role/x in request ${String(clock % 2)}.`,
      }),
    };
  }
}

/** One reading of pages by key: where each of its tokens stands. */
interface Walk {
  readonly positions: Map<string, Position>;
  last: Position;
}

interface Position {
  readonly offset: number;
  readonly key: string;
}

function isInProgress(status: string): boolean {
  return status.endsWith("_IN_PROGRESS") || status === "CREATE_PAUSED";
}

/** A status that this package does not know is not done as far as AWS is concerned. */
function aggregateOf(rows: readonly Row[]): string {
  if (rows.some(({ status }) => status.endsWith("_FAILED"))) return "UPDATE_FAILED";
  return rows.some(({ status }) => isInProgress(status)) ? "UPDATE_IN_PROGRESS" : "UPDATE_SUCCESSFUL";
}
