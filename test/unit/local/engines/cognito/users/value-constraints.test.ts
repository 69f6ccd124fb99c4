import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../../../local/ground/service.ts';
import { awsError, createFixture, EMAIL, POOL_ID } from '../fixture.ts';

const create = (attribute: JsonObject, value: string, name = `custom:${attribute.Name}`) =>
  createFixture({ pool: { Schema: [attribute] } }).call('AdminCreateUser', {
    UserPoolId: POOL_ID,
    Username: EMAIL,
    UserAttributes: [{ Name: name, Value: value }],
  });

const PLAN = {
  Name: 'plan',
  AttributeDataType: 'String',
  StringAttributeConstraints: { MinLength: '2', MaxLength: '20' },
};
const LEVEL = {
  Name: 'level',
  AttributeDataType: 'Number',
  NumberAttributeConstraints: { MinValue: '1', MaxValue: '5' },
};

test.each<[JsonObject, string, string]>([
  [PLAN, 'x', 'custom:plan: String must be no shorter than 2 characters'],
  [PLAN, 'x'.repeat(30), 'custom:plan: String must be no longer than 20 characters'],
  [LEVEL, '0', 'custom:level: Number must be no less than 1'],
  [LEVEL, '99', 'custom:level: Number must be no greater than 5'],
  [LEVEL, 'high', 'custom:level: Value must be a number'],
])('a value that %j does not allow is refused: %s', async (attribute, value, reason) => {
  await expect(create(attribute, value)).rejects.toMatchObject(
    awsError('InvalidParameterException', `Attributes did not conform to the schema: ${reason}`),
  );
});

test.each<[JsonObject, string]>([
  [PLAN, 'gold'],
  [PLAN, ''],
  [LEVEL, '5'],
  [{ Name: 'note', AttributeDataType: 'String' }, 'x'.repeat(2048)],
  [{ Name: 'paid', AttributeDataType: 'Boolean' }, 'true'],
])('%j takes %s', async (attribute, value) => {
  await expect(create(attribute, value)).resolves.toHaveProperty('User');
});

test('a standard attribute in the schema has its limits too', async () => {
  const name = { ...PLAN, Name: 'name' };

  await expect(create(name, 'A', 'name')).rejects.toThrow('name: String must be no shorter than 2');
});
