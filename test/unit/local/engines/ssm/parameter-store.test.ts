import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { createParameterStore } from '../../../../../local/engines/ssm/parameter-store.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import type { JsonObject, Operations } from '../../../../../local/ground/service.ts';
import { openState, type State } from '../../../../../local/ground/state.ts';
import { aResource } from '../../a-resource.ts';

let state: State;
beforeEach(() => {
  state = openState(mkdtempSync(join(tmpdir(), 'parameters-')));
});
afterEach(() => state.close());

/** A start with this template. */
const start = (template: Readonly<Record<string, string>> = {}): Operations =>
  createParameterStore({
    parameters: Object.entries(template).map(([ref, Value]) =>
      aResource('AWS::SSM::Parameter', { Type: 'String', Value }, { ref, attributes: {} }),
    ),
    state,
    clock: createClock(),
    region: 'eu-west-1',
    accountId: '111122223333',
  });

const call = async (store: Operations, operation: string, input: JsonObject): Promise<JsonObject> =>
  (await store[operation]?.(input)) ?? expect.unreachable(operation);
const read = async (store: Operations, Name: string) =>
  (await call(store, 'GetParameter', { Name })).Parameter;
const put = (store: Operations, Value: string, input: JsonObject = {}) =>
  call(store, 'PutParameter', { Name: '/otp/undo', Value, Type: 'String', ...input });

describe('a parameter of the template', () => {
  it('has the value that the template gives it', async () => {
    expect(await read(start({ '/otp/undo': '{}' }), '/otp/undo')).toMatchObject({
      Name: '/otp/undo',
      Type: 'String',
      Value: '{}',
      Version: 1,
      ARN: 'arn:aws:ssm:eu-west-1:111122223333:parameter/otp/undo',
    });
  });

  it('keeps what was written since, at the next start', async () => {
    await put(start({ '/otp/undo': '{}' }), '{"a":1}', { Overwrite: true });

    expect(await read(start({ '/otp/undo': '{}' }), '/otp/undo')).toMatchObject({
      Value: '{"a":1}',
      Version: 2,
    });
  });

  it('takes a value that the template has changed', async () => {
    await put(start({ '/otp/undo': '{}' }), '{"a":1}', { Overwrite: true });

    expect(await read(start({ '/otp/undo': '{"b":2}' }), '/otp/undo')).toMatchObject({
      Value: '{"b":2}',
      Version: 3,
    });
  });
});

describe('a parameter that a function makes', () => {
  it('is kept, and found by its name or its ARN', async () => {
    expect(await put(start(), 'one')).toEqual({ Version: 1, Tier: 'Standard' });

    const ARN = 'arn:aws:ssm:eu-west-1:111122223333:parameter/otp/undo';
    expect(await read(start(), ARN)).toMatchObject({
      ARN,
      Value: 'one',
      LastModifiedDate: expect.any(Number),
    });
  });

  it('is not overwritten by mistake', async () => {
    const store = start();
    await put(store, 'one');

    await expect(put(store, 'two')).rejects.toMatchObject({ code: 'ParameterAlreadyExists' });
    expect(await put(store, 'two', { Overwrite: true })).toMatchObject({ Version: 2 });
  });

  it('is gone when it is deleted', async () => {
    const store = start();
    await put(store, 'one');
    await call(store, 'DeleteParameter', { Name: '/otp/undo' });

    await expect(read(store, '/otp/undo')).rejects.toMatchObject({ code: 'ParameterNotFound' });
    await expect(call(store, 'DeleteParameter', { Name: '/otp/undo' })).rejects.toMatchObject({
      code: 'ParameterNotFound',
    });
  });

  it('of more than 4 KB wants another tier', async () => {
    const large = 'x'.repeat(4_097);

    await expect(put(start(), large)).rejects.toMatchObject({ code: 'ValidationException' });
    expect(await put(start(), large, { Tier: 'Intelligent-Tiering' })).toMatchObject({ Tier: 'Advanced' });
    await expect(put(start(), 'x'.repeat(8_193), { Tier: 'Advanced' })).rejects.toThrow('8192');
  });
});

test.each([
  ['GetParameter', {}, 'ValidationException'],
  ['GetParameter', { Name: '/otp/undo:2' }, 'ValidationException'],
  ['PutParameter', { Name: 'a', Value: '' }, 'ValidationException'],
  ['PutParameter', { Name: 'a', Value: 'b' }, 'ValidationException'],
  ['PutParameter', { Name: 'a', Value: 'b', Type: 'SecureString' }, 'UnsupportedParameterType'],
  ['PutParameter', { Name: 'a', Value: 'b', Type: 'String', Tier: 'Best' }, 'ValidationException'],
])('%s refuses %j', async (operation, input, code) => {
  await expect(call(start(), operation, input)).rejects.toMatchObject({ code });
});
