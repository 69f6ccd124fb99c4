import { expect, test } from 'vitest';
import { createMemoryCognito } from '../../../../../support/pools/memory-cognito.ts';
import { awsError } from '../fixture.ts';

// An app may name a pool that no template has. So that one can be made for it here, a tag says which id the pool gets.

const create = (id: string, cognito = createMemoryCognito()) =>
  cognito.call('CreateUserPool', { PoolName: 'shop', UserPoolTags: { 'local:id': id } });

test('a pool gets the id that its tag says', async () => {
  const cognito = createMemoryCognito();

  await create('eu-west-1_Live1', cognito);

  expect((await cognito.call('DescribeUserPool', { UserPoolId: 'eu-west-1_Live1' })).UserPool).toMatchObject({
    Id: 'eu-west-1_Live1',
    Arn: 'arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-west-1_Live1',
  });
});

test('no two pools get the same id', async () => {
  const cognito = createMemoryCognito();
  await create('eu-central-1_Live1', cognito);

  await expect(create('eu-central-1_Live1', cognito)).rejects.toMatchObject(
    awsError('InvalidParameterException', 'There is a user pool eu-central-1_Live1 already.'),
  );
});

test('what is no id of a pool is refused', async () => {
  await expect(create('live')).rejects.toMatchObject(
    awsError('InvalidParameterException', 'local:id is live, and not the id of a user pool.'),
  );
});
