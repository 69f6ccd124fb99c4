/** A pool's attributes as the API shows them (SchemaAttributeType): the standard ones, and those that the template adds. */
import type { JsonObject } from '../../../../../ground/service.ts';
import type { UserPool } from '../../../pool.ts';
import { record } from '../../../properties.ts';
import { STANDARD_ATTRIBUTES } from '../../../users/attributes.ts';

const LONGEST = '2048';

/** Type and limits by name, where they are not those of a text of any length. (Developer guide, "User pool attributes".) */
const KINDS: Readonly<Record<string, JsonObject>> = {
  birthdate: {
    AttributeDataType: 'String',
    StringAttributeConstraints: { MinLength: '10', MaxLength: '10' },
  },
  email_verified: { AttributeDataType: 'Boolean' },
  phone_number_verified: { AttributeDataType: 'Boolean' },
  sub: { AttributeDataType: 'String', StringAttributeConstraints: { MinLength: '1', MaxLength: LONGEST } },
  updated_at: { AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '0' } },
};

const TEXT: JsonObject = {
  AttributeDataType: 'String',
  StringAttributeConstraints: { MinLength: '0', MaxLength: LONGEST },
};

export const schemaAttributes = (pool: UserPool): readonly JsonObject[] => {
  const { Schema = [] } = pool.properties as { readonly Schema?: readonly unknown[] };
  const given = new Map(Schema.map(record).map((attribute) => [String(attribute.Name), attribute]));
  const standard = ['sub', ...STANDARD_ATTRIBUTES].map((Name) => ({
    DeveloperOnlyAttribute: false,
    Mutable: Name !== 'sub',
    Required: Name === 'sub',
    ...(KINDS[Name] ?? TEXT),
    ...given.get(Name),
    Name,
  }));
  const custom = [...given]
    .filter(([name]) => !STANDARD_ATTRIBUTES.has(name))
    .map(([name, attribute]) => ({
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      AttributeDataType: 'String',
      ...attribute,
      Name: `custom:${name}`,
    }));
  return [...standard, ...custom];
};
