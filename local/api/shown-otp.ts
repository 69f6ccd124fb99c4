/** Connects what the pages show of an `EmailOtp` with its table. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseUserLimits } from '../../shared/messages/stack/user-limits.ts';
import { createChallengeStore } from '../../shared/table/challenge-store.ts';
import { createTrail } from '../../shared/table/trail.ts';
import { createUserStore } from '../../shared/table/user-store.ts';
import type { LocalOtp } from '../app/app.ts';
import { dashboardOf } from '../engines/metrics/dashboard.ts';
import { appMailOf } from '../mails/mail-preview.ts';
import type { ShownOtp } from './routes.ts';

export const toShownOtp = (database: DynamoDBClient, { id, path, outputs, template }: LocalOtp): ShownOtp => {
  const table = outputs.TableName ?? '';
  return {
    id,
    path,
    outputs,
    trail: createTrail(database, table),
    dashboard: dashboardOf(template),
    mail: appMailOf(template),
    users: {
      users: createUserStore(database, table),
      challenges: createChallengeStore(database, table),
      limits: parseUserLimits(outputs.GuardLimits ?? '{}'),
    },
  };
};
