/** Fails synthesis if a user pool offers a way to tokens, or to a new password, without the second factor. */
import type { Construct } from 'constructs';
import type { EventVersion } from '../../shared/pool/places.ts';
import type { GivenPool } from '../pool/given-pool.ts';
import { isElsewhere, type PoolElsewhere } from '../pool/pool-elsewhere.ts';
import type { Triggers } from '../watch/watched.ts';
import { problemsOfClients, warningsOfClients } from './client-check.ts';
import { problemsElsewhere } from './elsewhere-check.ts';
import { clientsOf } from './pool-clients.ts';
import { problemsOfPool, warningsOfPool } from './pool-settings.ts';
import { warn } from './problem.ts';
import { propertiesOf } from './synthesized.ts';
import { problemsOfTriggers } from './trigger-check.ts';

export interface PoolCheckProps {
  readonly pool: GivenPool | PoolElsewhere;
  readonly triggers: Triggers;
  readonly preTokenGenerationVersion: EventVersion;
  /** The seconds that a code is valid. */
  readonly codeSeconds: number;
  /** The paths of clients that may allow a sign-in without the code, each with the reason. */
  readonly allowUnsafeClients: Readonly<Record<string, string>>;
  readonly allowEmailRecovery: boolean;
}

/** Of a pool elsewhere only the app's own clients are known; the attaching checks the pool itself, and all clients. */
const validateElsewhere = (pool: PoolElsewhere, props: PoolCheckProps): string[] => {
  const clients = clientsOf(pool);
  for (const warning of warningsOfClients(clients, props)) warn(warning);
  return [...problemsElsewhere(pool), ...problemsOfClients(clients, props)];
};

const validate = (props: PoolCheckProps): string[] => {
  const { pool, allowEmailRecovery } = props;
  if (isElsewhere(pool)) return validateElsewhere(pool, props);
  const properties = propertiesOf(pool.resource);
  const clients = clientsOf(pool.resource);
  for (const warning of [...warningsOfPool(pool, properties), ...warningsOfClients(clients, props)])
    warn(warning);
  return [
    ...problemsOfTriggers({ ...props, pool }, properties),
    ...problemsOfClients(clients, props),
    ...problemsOfPool(pool, properties, allowEmailRecovery),
  ];
};

/** Checks the whole app at synthesis, so that what is added or changed later is checked too. */
export const checkPool = (scope: Construct, props: PoolCheckProps): void =>
  scope.node.addValidation({ validate: () => validate(props) });
