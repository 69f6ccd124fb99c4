/**
 * The service's time on the page. The local system says what its clock shows. With a deployed pool, the page uses the date
 * that its own server sends, because Cognito does not let a page read its dates.
 */
import { askLocalClock } from '../../shared/clock/local-clock.ts';
import {
  type Comparison,
  comparedTo,
  comparedToDate,
  createServiceClock,
  type ServiceClock,
} from '../../shared/clock/service-clock.ts';
import { CONFIG_PATH, type PoolConfig } from './pool-config.ts';

const askLocalSystem = async (): Promise<Comparison> => comparedTo(await askLocalClock());

const readServerDate = async (): Promise<Comparison> => {
  const response = await fetch(CONFIG_PATH, { method: 'HEAD', cache: 'no-store' });
  return comparedToDate(response.headers.get('date'));
};

export const createPageClock = ({ endpoint }: PoolConfig): ServiceClock =>
  createServiceClock(endpoint === undefined ? readServerDate : askLocalSystem);
