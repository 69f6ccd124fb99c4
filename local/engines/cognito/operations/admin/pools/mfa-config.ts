/** GetUserPoolMfaConfig and SetUserPoolMfaConfig: what a pool has of second factors of its own. None of them is played. */
import type { JsonObject, Operation } from '../../../../../ground/service.ts';
import { readInput, userPoolId } from '../../../input.ts';
import type { UserPool } from '../../../pool.ts';
import { MFA_CONFIG } from '../../../pools/members.ts';
import type { Pools } from '../../../pools/pools.ts';
import { readRequest } from '../../../pools/requests.ts';
import type { BeforeWrite } from '../../../pools/seams.ts';
import { listed, record } from '../../../properties.ts';
import type { Directory } from '../../../users/directory.ts';

const schema = { UserPoolId: userPoolId };

const present = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));

const ifAny = (name: string, properties: JsonObject): JsonObject =>
  Object.keys(properties).length === 0 ? {} : { [name]: properties };

/** From the names that CloudFormation has for it. */
const mfaOf = ({ properties }: UserPool): JsonObject => {
  const { SmsAuthenticationMessage, SmsConfiguration } = properties;
  const factors = listed(properties.EnabledMfas);
  const email = present({
    Message: properties.EmailAuthenticationMessage,
    Subject: properties.EmailAuthenticationSubject,
  });
  const passkeys = present({
    RelyingPartyId: properties.WebAuthnRelyingPartyID,
    UserVerification: properties.WebAuthnUserVerification,
    FactorConfiguration: properties.WebAuthnFactorConfiguration,
  });
  return {
    MfaConfiguration: properties.MfaConfiguration ?? 'OFF',
    ...(SmsConfiguration === undefined
      ? {}
      : { SmsMfaConfiguration: present({ SmsAuthenticationMessage, SmsConfiguration }) }),
    ...(factors.includes('SOFTWARE_TOKEN_MFA') ? { SoftwareTokenMfaConfiguration: { Enabled: true } } : {}),
    ...(factors.includes('EMAIL_OTP')
      ? { EmailMfaConfiguration: email }
      : ifAny('EmailMfaConfiguration', email)),
    ...ifAny('WebAuthnConfiguration', passkeys),
  };
};

export const createGetUserPoolMfaConfig =
  (directory: Directory): Operation =>
  (input) =>
    mfaOf(directory.pool(readInput(input, schema).UserPoolId));

const OWNED = `EmailAuthenticationMessage EmailAuthenticationSubject EnabledMfas MfaConfiguration
  WebAuthnFactorConfiguration WebAuthnRelyingPartyID WebAuthnUserVerification`.split(/\s+/);

/** To the names that CloudFormation has for it. The SMS settings are the pool's own, and stay if the request has none. */
const propertiesOf = (request: JsonObject): JsonObject => {
  const sms = record(request.SmsMfaConfiguration);
  const email = record(request.EmailMfaConfiguration);
  const passkeys = record(request.WebAuthnConfiguration);
  const enabled = [
    ...(request.SmsMfaConfiguration === undefined ? [] : ['SMS_MFA']),
    ...(record(request.SoftwareTokenMfaConfiguration).Enabled === true ? ['SOFTWARE_TOKEN_MFA'] : []),
    ...(request.EmailMfaConfiguration === undefined ? [] : ['EMAIL_OTP']),
  ];
  return present({
    MfaConfiguration: request.MfaConfiguration,
    EnabledMfas: enabled.length === 0 ? undefined : enabled,
    SmsAuthenticationMessage: sms.SmsAuthenticationMessage,
    SmsConfiguration: sms.SmsConfiguration,
    EmailAuthenticationMessage: email.Message,
    EmailAuthenticationSubject: email.Subject,
    WebAuthnRelyingPartyID: passkeys.RelyingPartyId,
    WebAuthnUserVerification: passkeys.UserVerification,
    WebAuthnFactorConfiguration: passkeys.FactorConfiguration,
  });
};

/** What the request leaves out is off afterwards. AWS does not document that; it is how the other updates are. */
export const createSetUserPoolMfaConfig =
  (directory: Directory, pools: Pools, beforeWrite: BeforeWrite): Operation =>
  (input) => {
    const { UserPoolId } = readInput(input, schema);
    const request = readRequest(MFA_CONFIG, input);
    const pool = directory.pool(UserPoolId);
    const kept = Object.entries(pool.properties).filter(([name]) => !OWNED.includes(name));
    beforeWrite('SetUserPoolMfaConfig');
    const properties = { ...Object.fromEntries(kept), ...propertiesOf(request) };
    return mfaOf(pools.write(pool.id, { properties }));
  };
