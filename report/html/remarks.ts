import { ownersById, ownersWarning } from "../../core/status/accountOwner";
import type { FoundStatus } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { html, type Markup } from "./markup";
import { counted } from "../numbers";

const accountsShown = 20;

const causes: Readonly<Record<FoundStatus["unexpected"][number]["cause"], string>> = {
  notListed: "not in the list of expected accounts",
  notInOrganization: "not in the organization",
  notActive: "not active",
  excluded: "excluded",
};

/** Remarks: they keep no gate closed and are worth knowing. */
export function remarks(file: FoundStatus): Markup {
  const { accountOwners, decision, reasons, unexpected } = file;
  const notes = [
    ...reasons.filter(({ verdict }) => verdict === "PASSED").map(({ message }) => message),
    ...decision.warnings,
    ...ownersWarning(accountOwners),
  ];
  return html`<section>
    <h3>Remarks</h3>
    <ul class="remarks">
      ${notes.map((note) => html`<li>${sanitize(note, 1_000)}</li> `)}${
        unexpected.length > 0 && html`<li>${unexpectedAccounts(unexpected, ownersById(accountOwners))}</li> `
      }
      <li>This page says whether the pack is in place. It does not say whether its rules find compliant resources.</li>
    </ul>
  </section> `;
}

function unexpectedAccounts(unexpected: FoundStatus["unexpected"], owners: ReadonlyMap<string, string>): Markup {
  const accounts = new Map(unexpected.map((row) => [row.accountId, row]));
  const rest = accounts.size - accountsShown;
  return html`<details>
    <summary>${counted(accounts.size, "unexpected account")}</summary>
    <ul class="accounts">
      ${[...accounts.values()]
        .slice(0, accountsShown)
        .map(
          ({ accountId, accountName, cause }) =>
            html`<li>
              <code>${accountId}</code>${accountName !== undefined && html` <b>${sanitize(accountName, 128)}</b>`}
              ${causes[cause]}${owners.has(accountId) && html` <span>owner ${sanitize(owners.get(accountId) ?? "", 128)}</span>`}
            </li> `,
        )}
    </ul>
    ${rest > 0 && html`<p>and ${counted(rest, "other account")}: see the saved files.</p>`}
  </details>`;
}
