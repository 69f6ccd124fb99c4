import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecretsManager } from '../../../../../local/engines/secrets/secrets-manager.ts';
import { createClock } from '../../../../../local/ground/clock.ts';
import type { JsonObject } from '../../../../../local/ground/service.ts';
import { openState, type State } from '../../../../../local/ground/state.ts';
import { aResource } from '../../a-resource.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Keyring-abc123';
const TOKEN = '0c1f2b7e-1d2c-4f6a-9a6e-000000000001';
const OTHER_TOKEN = '0c1f2b7e-1d2c-4f6a-9a6e-000000000002';

let state: State;
let service: ReturnType<typeof createSecretsManager>;
let first: string;

const call = async (operation: string, input: JsonObject): Promise<JsonObject> =>
  (await service[operation]?.({ SecretId: ARN, ...input })) ?? expect.unreachable(operation);
const read = (input: JsonObject = {}) => call('GetSecretValue', input);
const put = (SecretString: string, input: JsonObject = {}) =>
  call('PutSecretValue', { SecretString, ...input });
const move = (VersionStage: string, input: JsonObject) =>
  call('UpdateSecretVersionStage', { VersionStage, ...input });

beforeEach(async () => {
  state = openState(mkdtempSync(join(tmpdir(), 'secret-versions-')));
  service = createSecretsManager(
    [aResource('AWS::SecretsManager::Secret', {}, { ref: ARN, attributes: {} })],
    state,
    createClock(),
  );
  first = String((await read()).VersionId);
});
afterEach(() => state.close());

describe('a new value', () => {
  it('is current at once unless it is given other labels, and the last one is the previous one', async () => {
    const answer = await put('new', { ClientRequestToken: TOKEN });

    expect(answer).toEqual({ ARN, VersionId: TOKEN, VersionStages: ['AWSCURRENT'] });
    expect(await read()).toMatchObject({ SecretString: 'new', VersionId: TOKEN });
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ VersionId: first });
  });

  it('with another label is read by that label or by its id only', async () => {
    await put('new', { ClientRequestToken: TOKEN, VersionStages: ['AWSPENDING'] });

    expect(await read()).toMatchObject({ VersionId: first, VersionStages: ['AWSCURRENT'] });
    expect(await read({ VersionStage: 'AWSPENDING' })).toMatchObject({ SecretString: 'new' });
    expect(await read({ VersionId: TOKEN })).toMatchObject({ SecretString: 'new' });
  });

  it('takes its label from the version that has it, which stays without one', async () => {
    await put('old', { ClientRequestToken: TOKEN, VersionStages: ['AWSPENDING'] });

    await put('new', { ClientRequestToken: OTHER_TOKEN, VersionStages: ['AWSPENDING'] });

    expect(await read({ VersionStage: 'AWSPENDING' })).toMatchObject({ VersionId: OTHER_TOKEN });
    expect(await read({ VersionId: TOKEN })).toMatchObject({ SecretString: 'old', VersionStages: [] });
  });

  it('that comes again is the same version, and with another value it is refused', async () => {
    const pending = { ClientRequestToken: TOKEN, VersionStages: ['AWSPENDING'] };
    const answer = await put('new', pending);

    expect(await put('new', pending)).toEqual(answer);
    await expect(put('other', pending)).rejects.toMatchObject({ code: 'ResourceExistsException' });
  });

  it('survives a restart', async () => {
    await put('new', { ClientRequestToken: TOKEN });

    service = createSecretsManager(
      [aResource('AWS::SecretsManager::Secret', {}, { ref: ARN, attributes: {} })],
      state,
      createClock(),
    );

    expect(await read()).toMatchObject({ SecretString: 'new', VersionId: TOKEN });
  });

  it.each([
    ['no value', { SecretString: undefined }],
    ['a value that is not text', { SecretString: 7 }],
    ['labels that are none', { SecretString: 'x', VersionStages: [] }],
  ])('with %s is refused', async (_, input) => {
    await expect(call('PutSecretValue', input)).rejects.toMatchObject({
      code: expect.stringMatching(/^(Validation|Serialization)Exception$/),
    });
  });
});

describe('the label AWSCURRENT', () => {
  beforeEach(() => put('new', { ClientRequestToken: TOKEN, VersionStages: ['AWSPENDING'] }));

  it('moves for whoever knows where it is, and AWSPREVIOUS follows', async () => {
    await move('AWSCURRENT', { MoveToVersionId: TOKEN, RemoveFromVersionId: first });

    expect(await read()).toMatchObject({ VersionId: TOKEN, VersionStages: ['AWSPENDING', 'AWSCURRENT'] });
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ VersionId: first });
  });

  it.each([
    ['says nothing of where it is', {}],
    ['takes it to be somewhere else', { RemoveFromVersionId: OTHER_TOKEN }],
  ])('stays where it is for whoever %s', async (_, input) => {
    const moved = move('AWSCURRENT', { MoveToVersionId: TOKEN, ...input });

    await expect(moved).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringContaining('AWSCURRENT'),
    });
    expect(await read()).toMatchObject({ VersionId: first });
  });

  it('goes to one of two who both saw the same version', async () => {
    await put('other', { ClientRequestToken: OTHER_TOKEN, VersionStages: ['AWSPENDING'] });

    const outcomes = await Promise.allSettled(
      [TOKEN, OTHER_TOKEN].map((MoveToVersionId) =>
        move('AWSCURRENT', { MoveToVersionId, RemoveFromVersionId: first }),
      ),
    );

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await read()).toMatchObject({ VersionId: TOKEN });
  });

  it('is never taken away, and never goes to a version that is not there', async () => {
    await expect(move('AWSCURRENT', { RemoveFromVersionId: first })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
    await expect(
      move('AWSCURRENT', { MoveToVersionId: OTHER_TOKEN, RemoveFromVersionId: first }),
    ).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});

describe('a version', () => {
  it.each([
    ['by an id that is not there', { VersionId: TOKEN }, 'ResourceNotFoundException'],
    ['by a label that is nowhere', { VersionStage: 'AWSPENDING' }, 'ResourceNotFoundException'],
  ])('is not found %s', async (_, input, code) => {
    await expect(read(input)).rejects.toMatchObject({ code });
  });

  it('is not found where its id and its label disagree', async () => {
    await put('new', { ClientRequestToken: TOKEN });

    await expect(read({ VersionId: TOKEN, VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
      code: 'InvalidRequestException',
    });
  });
});
