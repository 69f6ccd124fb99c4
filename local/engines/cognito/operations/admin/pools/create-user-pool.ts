/** CreateUserPool: a pool as a console or another stack makes it, also with what no sign-in is played with here. */
import type { Operation } from '../../../../../ground/service.ts';
import { invalidParameter } from '../../../errors.ts';
import { readInput, required, text } from '../../../input.ts';
import { acceptPool } from '../../../pools/pool-rules.ts';
import type { Pools } from '../../../pools/pools.ts';
import { readPoolCreation } from '../../../pools/requests.ts';
import { describePool } from './describe-user-pool.ts';

export const createCreateUserPool =
  (pools: Pools): Operation =>
  (input) => {
    readInput(input, { PoolName: required(text({ min: 1, max: 128 })) });
    const properties = readPoolCreation(input);
    acceptPool(properties);
    const { MfaConfiguration = 'OFF', SmsConfiguration } = properties;
    // SDK, CreateUserPool: "If you omit SmsConfiguration, the operation returns an InvalidParameterException." The words are ours.
    if (MfaConfiguration !== 'OFF' && SmsConfiguration === undefined) {
      throw invalidParameter('SMS configuration is required when MFA is required/optional');
    }
    return { UserPool: describePool(pools.create(properties), 0) };
  };
