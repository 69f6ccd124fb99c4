/**
 * The settings as tokens that CloudFormation fills in from the parameters. The constructs take them for checked values. What
 * their types cannot say is cast here and nowhere else.
 */
import { type CfnCondition, Duration, Fn, Token } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Settings } from '../../infra/settings/settings.ts';
import { LIMITS, type Limit, type LimitName, secondsIn } from '../../shared/domain/limits.ts';
import { parameterName } from './parameter-kinds.ts';
import type { ParameterName } from './parameters.ts';

/**
 * A time in seconds, as a function's environment has it. CloudFormation cannot multiply, so of a parameter in minutes it makes
 * a product, such as `15*60`.
 */
export const secondsOf = (name: ParameterName, secondsInUnit: number): string =>
  secondsInUnit === 1 ? Fn.ref(name) : Fn.sub(`\${${name}}*${secondsInUnit}`);

/** A `Duration` of a token can be read only in the unit that it was made with, and the limits are read in seconds. */
const limitToken = (name: LimitName): number | Duration => {
  const limit: Limit = LIMITS[name];
  const seconds = Token.asNumber(secondsOf(parameterName(name), secondsIn(limit)));
  return limit.unit === undefined ? seconds : Duration.seconds(seconds);
};

const limitTokens = (): Pick<Settings, LimitName> =>
  Object.fromEntries(
    Object.keys(LIMITS).map((name) => [name, limitToken(name as LimitName)]),
  ) as unknown as Pick<Settings, LimitName>;

/** The address in two parts, because the constructs look for its domain behind the at sign. */
const senderToken = (): string => {
  const parts = Fn.split('@', Fn.ref('EmailSender'), 2);
  return parts.join('@');
};

/** Where these conditions hold, the setting is on. */
export interface SettingConditions {
  readonly deletionProtection: CfnCondition;
}

/** `structural` has the settings that no parameter can have, and any value for the others. */
export const deployedSettings = (
  structural: Settings,
  { deletionProtection }: SettingConditions,
): Settings => ({
  ...structural,
  ...limitTokens(),
  emailSender: senderToken(),
  requireVerifiedEmail: Fn.ref('RequireVerifiedEmail') as unknown as boolean,
  logRetention: Token.asNumber(Fn.ref('LogRetention')) as RetentionDays,
  deletionProtection: Fn.conditionIf(deletionProtection.logicalId, true, false) as unknown as boolean,
});
