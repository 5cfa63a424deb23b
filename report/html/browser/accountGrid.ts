import { needsLook, type Word } from "../../stateWord";
import type { Cell, PackedAccount, PageData } from "../pageData";
import { cellClass } from "../cellClass";
import { grouped } from "../../numbers";
import { timeText } from "../../timeText";
import { timesOf } from "../unpackRows";

/** The reader's search. */
interface Filter {
  readonly text: string;
  readonly status: string;
  readonly region: string;
  readonly cause: string;
}

/** The table of accounts with its filters. */
export class AccountGrid {
  readonly #section: HTMLElement;
  readonly #data: PageData;
  readonly #form: HTMLFormElement;
  readonly #box: HTMLElement;
  readonly #body: HTMLElement;
  readonly #more: HTMLElement;
  readonly #count: HTMLElement;
  readonly #pageSize: number;
  readonly #showsAll: boolean;
  #found: readonly PackedAccount[] = [];
  #shown = 0;

  constructor(section: HTMLElement, data: PageData) {
    this.#section = section;
    this.#data = data;
    this.#form = element(section, "form") as HTMLFormElement;
    this.#box = element(section, ".scroll");
    this.#body = element(section, "tbody");
    this.#more = element(section, ".more-rows");
    this.#count = element(section, "output");
    this.#pageSize = Number(section.dataset.pageSize);
    this.#showsAll = section.dataset.showAll === "yes";
    this.#form.hidden = false;
    this.#form.addEventListener("input", () => {
      this.search();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
    });
    element(this.#more, "button").addEventListener("click", () => {
      const next = this.#shown;
      this.show(next + this.#pageSize);
      // The button moves away under the keyboard's focus; the first new line is where reading goes on.
      element(this.#body, `tr:nth-child(${String(next + 1)}) th`).focus();
    });
    this.search();
  }

  /** Shows the first accounts that the filters find. */
  search(): void {
    const filter = this.#filter();
    this.#found = this.#data.accounts.filter((account, index) => this.#matches(account, index, filter));
    this.#body.replaceChildren();
    this.#shown = 0;
    this.show(this.#pageSize);
  }

  /** Shows the first `count` of the accounts found. */
  show(count: number): void {
    const lines = this.#found.slice(this.#shown, count).map((account) => this.#line(account));
    this.#body.append(...lines);
    this.#shown += lines.length;
    const left = this.#found.length - this.#shown;
    this.#more.hidden = left <= 0;
    element(this.#more, "button").textContent = `Show ${String(Math.min(left, this.#pageSize))} more`;
    this.#box.hidden = this.#found.length === 0;
    this.#count.textContent = this.#countText();
  }

  #countText(): string {
    if (this.#found.length > 0) return `Showing ${grouped(this.#shown)} of ${grouped(this.#found.length)}`;
    const isSearch = Object.values(this.#filter()).some((value) => value !== "");
    return isSearch ? "No account found" : "";
  }

  get found(): number {
    return this.#found.length;
  }

  get shown(): number {
    return this.#shown;
  }

  /** The accounts of a cause, by id. */
  idsOf(cause: number): readonly string[] {
    return this.#data.accounts
      .filter((account) => this.#cells(account).some((cell) => cell?.causes.includes(cause)))
      .map(([id]) => id)
      .sort();
  }

  /** Filters by a cause, and goes to the table. */
  showCause(cause: string): void {
    this.#form.reset();
    field(this.#form, "cause").value = cause;
    this.search();
    this.#section.scrollIntoView();
    this.#box.focus({ preventScroll: true });
  }

  #filter(): Filter {
    const value = (name: string): string => field(this.#form, name).value;
    return {
      text: value("account").trim().toLowerCase(),
      status: value("status"),
      region: value("region"),
      cause: value("cause"),
    };
  }

  #matches(account: PackedAccount, index: number, { cause, region, status, text }: Filter): boolean {
    const [id, name] = account;
    if (!isNamed(id, name, this.#data.owners?.[id] ?? "", text)) return false;
    const isUnfiltered = status === "" && region === "" && cause === "";
    if (isUnfiltered) return text !== "" || this.#showsAll || index < this.#data.toLookAt;
    const column = this.#data.regions.indexOf(region);
    const cells = column < 0 ? this.#cells(account) : [this.#cells(account)[column]];
    return cells.some(
      (cell) =>
        cell !== undefined &&
        (status === "" ? needsLook(cell.word) || cause !== "" || text !== "" : cell.word === status) &&
        (cause === "" || cell.causes.includes(Number(cause))),
    );
  }

  #cells([, , line]: PackedAccount): readonly (Cell | undefined)[] {
    return (this.#data.lines[line] ?? []).map((cell) => this.#data.cells[cell]);
  }

  #line(account: PackedAccount): HTMLTableRowElement {
    const [id, name] = account;
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.tabIndex = -1;
    head.textContent = id;
    if (name !== "") head.append(withText("small", name));
    const owner = this.#data.owners?.[id];
    if (owner !== undefined) head.append(withText("small", `owner ${owner}`));
    const cells = this.#cells(account);
    const times = timesOf(account, this.#data);
    row.append(
      head,
      this.#causes(cells),
      ...cells.map((cell, column) => cellElement(cell, this.#data.regions[column] ?? "", times[column])),
    );
    return row;
  }

  #causes(cells: readonly (Cell | undefined)[]): HTMLTableCellElement {
    const cell = document.createElement("td");
    cell.className = "causes";
    for (const cause of new Set(cells.flatMap((known) => known?.causes ?? []))) {
      const link = withText("a", String(cause + 1));
      link.href = `#${this.#section.dataset.pack ?? ""}-cause-${String(cause + 1)}`;
      link.title = field(this.#form, "cause").querySelector(`option[value="${String(cause)}"]`)?.textContent ?? "";
      cell.append(link);
    }
    return cell;
  }
}

function isNamed(id: string, name: string, owner: string, text: string): boolean {
  if ([id, name.toLowerCase(), owner.toLowerCase()].some((known) => known.includes(text))) return true;
  // A list of ids, pasted.
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  return parts.length > 1 && parts.every((part) => /^\d+$/.test(part)) && parts.some((part) => id.includes(part));
}

function cellElement(cell: Cell | undefined, region: string, time: string | undefined): HTMLTableCellElement {
  const element = document.createElement("td");
  const word: Word | undefined = cell?.word;
  element.textContent = word ?? "–";
  element.className = word === undefined ? "none" : cellClass(word);
  if (cell?.title !== undefined) {
    element.title = `${region}: ${cell.title}${time === undefined ? "" : `, ${timeText(time)}`}`;
  }
  return element;
}

function withText<Name extends "small" | "a">(name: Name, text: string): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function element(within: ParentNode, selector: string): HTMLElement {
  const found = within.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

function field(form: HTMLFormElement, name: string): HTMLInputElement | HTMLSelectElement {
  return element(form, `[name="${name}"]`) as HTMLInputElement | HTMLSelectElement;
}
