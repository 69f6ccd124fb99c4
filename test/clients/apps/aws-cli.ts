/** Signs in by the AWS CLI, as a shell script does. The CLI computes no SRP, so cognito-srp-helper does. */
import { createHmac } from 'node:crypto';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import { REGION } from '../../../local/ground/template.ts';
import { run } from '../../support/process/process.ts';
import { ALONE } from '../support/alone.ts';
import { type ClientApp, DONE, type Pool, type Reply, refusing } from '../support/client-app.ts';

interface Printed {
  readonly ChallengeName?: string;
  readonly ChallengeParameters: Readonly<Record<string, string>>;
  readonly Session: string;
  readonly AuthenticationResult?: {
    readonly IdToken: string;
    readonly AccessToken: string;
    readonly RefreshToken?: string;
  };
  readonly UserAttributes?: readonly { readonly Name: string; readonly Value: string }[];
}

/** Lists and maps are given as JSON. */
type Options = Readonly<Record<string, string | object>>;

/** Throws an error with Cognito's name for it. */
const failure = (printed: string): Error => {
  const [, name = 'Error'] = /An error occurred \((\w+)\)/.exec(printed) ?? [];
  return Object.assign(new Error(printed.trim()), { name });
};

/** `aws` is the path of the CLI. */
export const createApp = (aws: string, { url, poolId, clientId, clientSecret }: Pool): ClientApp => {
  const hashOf = (name: string): Readonly<Record<string, string>> => {
    if (clientSecret === undefined) return {};
    const hash = createHmac('sha256', clientSecret).update(`${name}${clientId}`);
    return { SECRET_HASH: hash.digest('base64') };
  };
  const secret: Options = clientSecret === undefined ? {} : { 'client-secret': clientSecret };

  const cognito = async (command: string, options: Options): Promise<Printed> => {
    const args = Object.entries(options).flatMap(([name, value]) => [
      `--${name}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const common = ['--endpoint-url', url, '--region', REGION, '--output', 'json'];
    const { code, output } = await run(aws, ['cognito-idp', command, ...common, ...args], ALONE);
    if (code !== 0) throw failure(output);
    return JSON.parse(output || '{}') as Printed;
  };

  let username = '';
  let session = '';
  let refreshToken = '';
  let accessToken = '';

  const toReply = ({ AuthenticationResult: tokens, ChallengeParameters, Session }: Printed): Reply => {
    if (tokens === undefined) {
      session = Session;
      return { kind: 'challenge', parameters: ChallengeParameters };
    }
    accessToken = tokens.AccessToken;
    refreshToken = tokens.RefreshToken ?? refreshToken;
    return { kind: 'tokens', id: tokens.IdToken, access: tokens.AccessToken };
  };

  const respond = async (
    challenge: string,
    responses: Readonly<Record<string, string>>,
    options: Options = {},
  ) =>
    toReply(
      await cognito('respond-to-auth-challenge', {
        'client-id': clientId,
        'challenge-name': challenge,
        session,
        'challenge-responses': { USERNAME: username, ...hashOf(username), ...responses },
        ...options,
      }),
    );

  const own = async (command: string, options: Options = {}): Promise<Reply> => {
    await cognito(command, { 'access-token': accessToken, ...options });
    return DONE;
  };

  return {
    signIn: refusing(async (name, password) => {
      username = name;
      const srp = createSrpSession(name, password, poolId, false);
      const { ChallengeParameters, Session } = await cognito('initiate-auth', {
        'client-id': clientId,
        'auth-flow': 'CUSTOM_AUTH',
        'auth-parameters': {
          USERNAME: name,
          CHALLENGE_NAME: 'SRP_A',
          SRP_A: srp.largeA,
          ...hashOf(name),
        },
      });
      session = Session;
      const proof = signSrpSession(srp, { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters });
      return respond('PASSWORD_VERIFIER', {
        PASSWORD_CLAIM_SECRET_BLOCK: proof.secret,
        PASSWORD_CLAIM_SIGNATURE: proof.passwordSignature,
        TIMESTAMP: proof.timestamp,
      });
    }),
    answer: refusing((code) => respond('CUSTOM_CHALLENGE', { ANSWER: code })),
    resend: refusing(() =>
      respond('CUSTOM_CHALLENGE', { ANSWER: 'resend' }, { 'client-metadata': { action: 'resend' } }),
    ),
    refresh: refusing(async () =>
      toReply(
        await cognito('get-tokens-from-refresh-token', {
          'client-id': clientId,
          'refresh-token': refreshToken,
          ...secret,
        }),
      ),
    ),
    signOut: refusing(async () => {
      await cognito('revoke-token', { 'client-id': clientId, token: refreshToken, ...secret });
      return DONE;
    }),
    signOutEverywhere: refusing(async () => {
      await cognito('global-sign-out', { 'access-token': accessToken });
      return DONE;
    }),
    readAttributes: refusing(async () => {
      const { UserAttributes = [] } = await cognito('get-user', { 'access-token': accessToken });
      const attributes = UserAttributes.map(({ Name, Value }) => [Name, Value]);
      return { kind: 'attributes', attributes: Object.fromEntries(attributes) };
    }),
    setAttribute: refusing((Name, Value) =>
      own('update-user-attributes', { 'user-attributes': [{ Name, Value }] }),
    ),
    deleteAttribute: refusing((name) => own('delete-user-attributes', { 'user-attribute-names': [name] })),
    changePassword: refusing((previous, next) =>
      own('change-password', { 'previous-password': previous, 'proposed-password': next }),
    ),
    deleteUser: refusing(() => own('delete-user')),
  };
};
