/** UpdateUserPool: everything that the request leaves out gets its default. */
import type { JsonObject, Operation } from '../../../../../ground/service.ts';
import { invalidParameter } from '../../../errors.ts';
import { readInput, userPoolId } from '../../../input.ts';
import { acceptPool } from '../../../pools/pool-rules.ts';
import type { Pools } from '../../../pools/pools.ts';
import { readPoolUpdate, updatedPool } from '../../../pools/requests.ts';
import type { BeforeWrite } from '../../../pools/seams.ts';
import { keptUnknown } from '../../../pools/unknown-properties.ts';
import { listed } from '../../../properties.ts';
import type { Directory } from '../../../users/directory.ts';

/** AWS wants a factor for it (SDK, `MfaConfiguration`); the words are ours. */
const refuseWithoutFactor = ({
  MfaConfiguration = 'OFF',
  SmsConfiguration,
  EnabledMfas,
}: JsonObject): void => {
  if (MfaConfiguration === 'OFF' || SmsConfiguration !== undefined || listed(EnabledMfas).length > 0) return;
  throw invalidParameter("Invalid MFA configuration given, can't turn on MFA without any MFA type.");
};

export const createUpdateUserPool =
  (directory: Directory, pools: Pools, beforeWrite: BeforeWrite): Operation =>
  (input) => {
    const { UserPoolId } = readInput(input, { UserPoolId: userPoolId });
    const update = readPoolUpdate(input);
    const pool = directory.pool(UserPoolId);
    acceptPool(update);
    const properties = updatedPool(pool.properties, update);
    refuseWithoutFactor(properties);
    beforeWrite('UpdateUserPool');
    pools.write(pool.id, { properties, unknown: keptUnknown(pool.unknown, input) });
    return {};
  };
