import { awsProviderSettings } from "../../core/aws/awsProviderSettings";
import { page } from "./pages";

/** What core/aws/awsProviderSettings.ts says of each setting. */
const settings = Object.entries(awsProviderSettings).map(([name, treatment]) => ({ name: `aws:${name}`, treatment }));

const { text } = page("docs/credentials.md");
const [, section = ""] = /<!-- aws-settings:start -->([^]*)<!-- aws-settings:end -->/.exec(text) ?? [];
const [heeded = "", refused = "", withoutEffect = ""] = section.split(/^These /m);

test("docs/credentials.md lists the settings that a lookup heeds", () => {
  const names = rowsOf(heeded).flatMap(([setting = ""]) => namesIn(setting));
  expect(names.sort()).toEqual(settings.flatMap(({ name, treatment }) => (treatment === "heeded" ? name : [])).sort());
});

test("docs/credentials.md lists the settings that are refused, with what the refusal says to do", () => {
  const rows = rowsOf(refused).map(([setting = "", instead = ""]) => [namesIn(setting).join(), plain(instead)]);
  expect(rows.sort()).toEqual(
    settings
      .flatMap(({ name, treatment }) =>
        typeof treatment === "object" && "refused" in treatment ? [[name, treatment.refused]] : [],
      )
      .sort(),
  );
});

test("docs/credentials.md lists the settings that have no effect", () => {
  expect(namesIn(withoutEffect).sort()).toEqual(
    settings
      .flatMap(({ name, treatment }) => (typeof treatment === "object" && "noEffect" in treatment ? name : []))
      .sort(),
  );
});

/** The cells of a table's rows, without its header. */
function rowsOf(part: string): string[][] {
  return part
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`(aws:\w+)`/g)].map(([, name = ""]) => name);
}

function plain(cell: string): string {
  return cell.replaceAll("`", "");
}
