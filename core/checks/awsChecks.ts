import { type Check, schemaOf, text, withSchema } from "./check";
import { quoted } from "./quoted";

/** A region's name, in the arguments and in the settings. */
export const regionCheck = text(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'a region, such as "us-east-1"');

const accountIdText = text(/^\d{12}$/, "an account id: a text of 12 digits");

/** An account id, in the arguments, in tolerances and in settings. JSON and YAML take one without quotes for a number. */
export const accountIdCheck: Check = withSchema(
  () => schemaOf(accountIdText),
  (value, property) =>
    typeof value === "number" || typeof value === "bigint"
      ? [
          {
            property,
            reason: `${quoted(value)} is a number. Put the account id in quotes, all 12 digits of it: a number loses leading zeros.`,
          },
        ]
      : accountIdText(value, property),
);

/** A role's ARN, in the arguments and in the settings. */
export const roleArnCheck = text(/^arn:[\w-]+:iam::\d{12}:role\/\S+$/, "a role's ARN");

/** The id of an organizational unit or a root, in the arguments and in tolerances. */
export const unitIdCheck = text(
  /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
  'the id of an organizational unit or a root, such as "ou-ab12-cd34ef56" or "r-ab12"',
);
