import type { FoundStatus } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import { grouped } from "../numbers";
import { type RegionNumbers, regionNumbers, type SilentRegion, silentRegions } from "../regionNumbers";
import { html, type Markup } from "./markup";

/** AWS's status of the whole pack and the accounts in each region: silent regions first, then those in trouble. */
export function regionTable(file: FoundStatus, id: string): Markup {
  const lines = regionNumbers(file);
  const hasUnknown = lines.some(({ unknown }) => unknown > 0);
  return html`<section>
    <h3 id="${id}-regions">Regions</h3>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="${id}-name ${id}-regions">
      <table class="regions">
        <thead>
          <tr>
            <th scope="col">Region</th>
            <th scope="col">AWS says</th>
            <th scope="col" class="n">Accounts</th>
            <th scope="col" class="n">Ok</th>
            <th scope="col" class="n">Failed</th>
            <th scope="col" class="n">In progress</th>
            <th scope="col" class="n">Missing</th>
            ${hasUnknown && html`<th scope="col" class="n">Unknown</th>`}
            <td class="bar"></td>
          </tr>
        </thead>
        <tbody>
          ${silentRegions(file).map((region) => silentLine(region, hasUnknown))}${lines.map((line) => regionLine(line, hasUnknown))}
        </tbody>
      </table>
    </div>
  </section> `;
}

function regionLine(numbers: RegionNumbers, hasUnknown: boolean): Markup {
  const { accounts, aggregate, failed, inProgress, missing, ok, region, unknown } = numbers;
  return html`<tr>
    <th scope="row">${sanitize(region, 40)}</th>
    <td>${aggregate === undefined ? "not read" : html`<code>${aggregate}</code>`}</td>
    ${number(accounts)}${number(ok)}${number(failed, "bad")}${number(inProgress, "busy")}${number(missing, "gap")}${
      hasUnknown && number(unknown, "gap")
    }
    <td class="bar">${bar(numbers)}</td>
  </tr> `;
}

function silentLine({ error, region }: SilentRegion, hasUnknown: boolean): Markup {
  return html`<tr class="silent">
    <th scope="row">${sanitize(region, 40)}</th>
    <td colspan="${hasUnknown ? 8 : 7}"><strong class="gap">not read</strong> ${sanitize(error, 300)}</td>
  </tr> `;
}

function number(count: number, tone = ""): Markup {
  return html`<td class="n ${count === 0 ? "zero" : tone}">${grouped(count)}</td>`;
}

/** Parts of 100, each of at least 2 that is not empty: 3 of 10,000 are seen. */
function bar({ accounts, failed, inProgress, missing, ok, unknown }: RegionNumbers): Markup {
  const parts = [
    ["bad", failed],
    ["busy", inProgress],
    ["gap", missing + unknown],
    ["good", ok],
  ] as const;
  const widths = parts.map(([, count]) => (count === 0 ? 0 : Math.max(2, (100 * count) / accounts)));
  const sum = widths.reduce((total, width) => total + width, 0);
  let x = 0;
  return html`<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    ${parts.map(([tone], index) => {
      const width = Number(((100 * (widths[index] ?? 0)) / (sum || 1)).toFixed(2));
      const left = x;
      x += width;
      return width > 0 && html`<rect class="${tone}" x="${left.toFixed(2)}" width="${width}" height="6" />`;
    })}
  </svg>`;
}
