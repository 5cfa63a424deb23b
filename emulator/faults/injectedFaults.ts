import type { Fault } from "./fault";

/** The faults that are set, and how many requests each has matched. */
export class InjectedFaults {
  readonly #injected: { readonly fault: Fault; matched: number }[] = [];

  inject(fault: Fault): void {
    this.#injected.push({ fault, matched: 0 });
  }

  clear(): void {
    this.#injected.length = 0;
  }

  /** The faults that hit a request. Every fault that matches it counts it. */
  hitting(operation: string, region: string): Fault[] {
    return this.#injected
      .filter(
        ({ fault }) =>
          (fault.operation === undefined || fault.operation === operation) &&
          (fault.region === undefined || fault.region === region),
      )
      .filter((entry) => {
        const { after = 0, times = Infinity } = entry.fault;
        entry.matched += 1;
        return entry.matched > after && entry.matched <= after + times;
      })
      .map(({ fault }) => fault);
  }
}
