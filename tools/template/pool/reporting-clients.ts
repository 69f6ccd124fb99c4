/** The parameter `ReportingClients`. CloudFormation cannot parse it, but it can put other texts in the place of `=` and `,`. */
import { type CfnCondition, type CfnParameterProps, Fn } from 'aws-cdk-lib';
import { optionalParameter } from '../parameter-kinds.ts';

/** A day of the calendar, as `Date` would take 30 February for 2 March. From 2000 to 2099 each fourth year is a leap year. */
const DAY =
  '20(\\d\\d-((0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)|([02468][048]|[13579][26])-02-29)';

/** As Cognito's API has it. */
const CLIENT_ID = '[\\w+]{1,128}';

const PAIR = `${CLIENT_ID}=${DAY}`;

/** With these the variable has less than 3000 bytes. Lambda takes 4 KB for all variables of a function. */
const MAX_CLIENTS = 50;
const MAX_LENGTH = 2000;

/** Of two days for a client only one would count. `\2` is the id, as an optional parameter has a group around its pattern. */
const NONE_TWICE = `(?!(?:.*,)?(${CLIENT_ID})=.*,\\2=)`;

export const REPORTING_CLIENTS: CfnParameterProps = optionalParameter({
  pattern: `(?=.{1,${MAX_LENGTH}}$)${NONE_TWICE}${PAIR}(,${PAIR}){0,${MAX_CLIENTS - 1}}`,
  description:
    'the ids of the app clients that get tokens without a code, each until the day that stands beside it begins in UTC; a day that is past stays, as from then on it refuses the refresh tokens from before',
  mustBe: `the id of each client, once, with a day of the calendar, such as 1example23456789=2027-03-31,2example23456789=2027-04-30, for at most ${MAX_CLIENTS} clients in ${MAX_LENGTH} characters`,
});

const replaced = (text: string, old: string, by: string): string => Fn.join(by, Fn.split(old, text));

/** JSON by client id, with `before` and `after` around each day. Neither has a comma. */
const json = (before: string, after: string): string => {
  const days = replaced(Fn.ref('ReportingClients'), '=', `":${before}"`);
  const midnight = `T00:00:00.000Z"${after}`;
  return `{"${replaced(days, ',', `${midnight},"`)}${midnight}}`;
};

/** As guard-tokens has them in its environment, and as the output has them for the commands. */
export const deployedReportingClients = ({ logicalId }: CfnCondition) => ({
  variable: Fn.conditionIf(logicalId, json('', ''), ''),
  output: Fn.conditionIf(logicalId, json('{"until":', '}'), '{}'),
});
