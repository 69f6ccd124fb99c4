import { readReportingDates } from '../../shared/clients/reporting-clients.ts';
import {
  flagVariable,
  optionalTextVariable,
  optionalVariable,
  type Problem,
  textVariable,
} from '../../shared/lambda/config.ts';

const reportingClientsVariable = (value: string): ReadonlyMap<string, number> | Problem =>
  readReportingDates(value) ?? { problem: 'must be a JSON object with a time in UTC for each client id' };

export const envSchema = {
  tableName: textVariable,
  metricsNamespace: textVariable,
  /** The app's own pre token generation function, if it has one. */
  preTokenFunctionArn: optionalTextVariable,
  /** The clients that get tokens without a code, by id, each until its time. */
  reportingClients: optionalVariable(reportingClientsVariable),
  /** Whether there may be records of clients where tokens were had without a code. Reporting clients have them anyway. */
  tracksClients: optionalVariable(flagVariable),
} as const;
