import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../../shared/pool/json.ts';
import { planAttach, type Wish } from '../../../../../shared/pool/plan.ts';
import {
  aClient,
  aPool,
  aState,
  attachedTo,
  aWish,
  EARLIER,
  LATER,
  TRIGGERS,
} from '../../../../support/pools/pools.ts';

const outlook = (client: Json, wish: Partial<Wish> = {}) => {
  const pool = aPool({ LambdaConfig: attachedTo(TRIGGERS) });
  return planAttach(aState({ pool, clients: { web: aClient(client) } }), aWish(wish)).clients[0];
};

const OPEN = { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] };
const SOON = '2026-03-02T00:00:00.000Z';
const OAUTH = { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'] };
const MACHINE: Json = {
  ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['client_credentials'],
};

describe('users of a client', () => {
  test('that is safe notice the code alone', () => {
    expect(outlook({})).toEqual({
      clientId: 'web',
      clientName: 'web-app',
      nextSignIn: 'Custom authentication asks for the password and a code.',
      refresh: 'Goes on.',
      machine: 'There is none.',
    });
  });

  test('that is closed have to come another way, and sign in again', () => {
    const found = outlook(OPEN, { close: ['web'] });

    expect(found?.nextSignIn).toContain('The app has to use it: ALLOW_USER_SRP_AUTH is gone.');
    expect(found?.refresh).toBe(
      'Tokens from before are not refreshed: users sign in again. Nor are later ones, until attach --revoke has signed everybody out.',
    );
  });

  test('that is closed may keep their tokens for a time', () => {
    expect(outlook(OPEN, { close: ['web'], until: LATER })?.refresh).toContain(`until ${LATER}, without the`);
  });

  test.each<[string, Json, Partial<Wish>, RegExp]>([
    ['that was closed', {}, {}, /refreshed until 2026-03-15/],
    ['that is closed again', OPEN, { close: ['web'] }, /refreshed until 2026-03-15/],
    ['whose date would be later', OPEN, { close: ['web'], until: LATER }, /refreshed until 2026-03-15/],
    ['whose date is earlier now', OPEN, { close: ['web'], until: SOON }, /refreshed until 2026-03-02/],
    ['that was closed, whatever the date of others', {}, { until: SOON }, /refreshed until 2026-03-15/],
    ['that reports', OPEN, { reporting: { web: { until: LATER } } }, /refreshed until 2026-04-01/],
  ])('%s keep the date on record', (_, client, wish, words) => {
    const refusedFrom = { web: '2026-03-15T00:00:00.000Z' };

    expect(outlook(client, { ...wish, refusedFrom })?.refresh).toMatch(words);
  });

  test('whose date on record is over sign in again', () => {
    expect(outlook({}, { refusedFrom: { web: EARLIER } })?.refresh).toContain('are not refreshed');
  });

  test('that reports go on for a time', () => {
    const found = outlook(OPEN, { reporting: { web: { until: LATER } } });

    expect(found?.nextSignIn).toContain(`Goes on without a code until ${LATER}`);
    expect(found?.refresh).toContain(`until ${LATER}`);
  });

  test('that stays open get no tokens', () => {
    expect(outlook(OPEN)?.nextSignIn).toBe('Without a code (ALLOW_USER_SRP_AUTH), users get no tokens.');
  });

  test.each<[readonly string[], Json, string]>([
    [['ALLOW_CUSTOM_AUTH'], {}, 'There is none.'],
    [['ALLOW_CUSTOM_AUTH'], { RefreshTokenRotation: { Feature: 'ENABLED' } }, 'Goes on.'],
    [['ALLOW_REFRESH_TOKEN_AUTH'], {}, 'Goes on.'],
    [['CUSTOM_AUTH_FLOW_ONLY'], {}, 'Goes on.'],
    [['ALLOW_CUSTOM_AUTH'], OAUTH, 'Tokens from before are not refreshed: users sign in again.'],
  ])('with %j and %j refresh as it is allowed: %s', (ExplicitAuthFlows, more, words) => {
    expect(outlook({ ExplicitAuthFlows, ...more })?.refresh.startsWith(words)).toBe(true);
  });

  test('whose client is given the refresh flow lose what they have', () => {
    const found = outlook({ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }, { close: ['web'] });

    expect(found?.refresh).toContain('are not refreshed');
  });

  test('of machines are machines', () => {
    expect(outlook(MACHINE)).toMatchObject({
      nextSignIn: 'Users cannot sign in.',
      refresh: 'Goes on.',
      machine: 'Goes on.',
    });
  });
});
