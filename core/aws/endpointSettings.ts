import type { Check } from "../checks/check";
import type { Problem } from "../checks/problem";
import { quoted } from "../checks/quoted";
import { json, type SettingReader } from "./settingReader";

/** Custom endpoints. */
export interface Endpoints {
  readonly configservice?: string;
  readonly organizations?: string;
  /** Only there to be refused where SSO is used. */
  readonly sso?: string;
  readonly sts?: string;
}

/** The services in `aws:endpoints` that are used here, by all of their names. */
const services: ReadonlyMap<string, keyof Endpoints> = new Map([
  ["config", "configservice"],
  ["configservice", "configservice"],
  ["organizations", "organizations"],
  ["sso", "sso"],
  ["sts", "sts"],
]);

/** `aws:endpoints`: a list of objects, `[{ "configservice": "http://…" }]`; the last one that names a service wins. */
export const endpoints: SettingReader<Endpoints> = json(
  (value, key) =>
    entriesOf(value).flatMap((entry): Problem[] =>
      typeof entry === "object" && entry !== null && !Array.isArray(entry)
        ? usedIn(entry).flatMap(([name, , url]) => urlCheck(url, `${key}.${name}`))
        : [{ property: key, reason: `${quoted(entry)} is not an object such as {"configservice": "https://…"}.` }],
    ),
  {
    use: (value: object): Endpoints =>
      Object.fromEntries(entriesOf(value).flatMap((entry) => usedIn(entry as object).map(([, ...used]) => used))),
  },
);

/** @pulumi/aws takes a list; a single object is taken for a list of one. */
function entriesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function usedIn(entry: object): [name: string, service: keyof Endpoints, url: unknown][] {
  return Object.entries(entry).flatMap(([name, url]) => {
    const service = services.get(name);
    return service ? [[name, service, url]] : [];
  });
}

// "localhost:4566" parses too, as a URL of the protocol "localhost".
const urlCheck: Check = (url, property) =>
  typeof url === "string" && /^https?:/i.test(url) && URL.canParse(url)
    ? []
    : [{ property, reason: `${quoted(url)} is not a URL that starts with http:// or https://.` }];
