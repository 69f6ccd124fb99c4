import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTemplate, resolveIntrinsics } from '../../../../local/ground/template.ts';

const NAMES = {
  Table1234ABCD: { ref: 'Table', attributes: { Arn: 'arn:aws:dynamodb:::table/Table' } },
  Key: { ref: 'arn:key', attributes: {} },
};

const resolve = (value: unknown) => resolveIntrinsics(value, NAMES);

/** A placeholder that CloudFormation replaces in a text. */
const $ = (name: string) => `\${${name}}`;

describe('an intrinsic function', () => {
  test.each([
    ['Ref', { Ref: 'Table1234ABCD' }, 'Table'],
    ['Ref to a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Table1234ABCD', 'Arn'] }, 'arn:aws:dynamodb:::table/Table'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Key' }, 'b']] }, 'a-arn:key-b'],
    ['Fn::Join within Fn::Join', { 'Fn::Join': ['', ['a', { 'Fn::Join': ['/', ['b', 'c']] }]] }, 'ab/c'],
    [
      'Fn::Sub',
      { 'Fn::Sub': `x ${$('Key')} ${$('Table1234ABCD.Arn')} ${$('AWS::Partition')}` },
      'x arn:key arn:aws:dynamodb:::table/Table aws',
    ],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [':', { Ref: 'Key' }] }] }, 'key'],
    ['Fn::Sub with a literal', { 'Fn::Sub': `${$('!Literal')} ${$('Key')}` }, `${$('Literal')} arn:key`],
  ])('%s is resolved', (_, value, expected) => {
    const resolved = resolve(value);

    expect(resolved).toBe(expected);
  });

  test('is resolved however deep it stands, and everything else stays as it is', () => {
    const resolved = resolve({ List: [1, true, null, { Name: { Ref: 'Key' } }], Text: 'Ref', Empty: {} });

    expect(resolved).toEqual({ List: [1, true, null, { Name: 'arn:key' }], Text: 'Ref', Empty: {} });
  });

  test('is distinguished from properties that share an object with others', () => {
    const resolved = resolve({ Ref: 'Key', Other: 1 });

    expect(resolved).toEqual({ Ref: 'Key', Other: 1 });
  });

  test.each([
    ['Fn::If', { 'Fn::If': ['Condition', 1, 2] }, 'Fn::If'],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'Export' }, 'Fn::ImportValue'],
    ['Fn::Sub with variables', { 'Fn::Sub': [$('X'), { X: 1 }] }, 'Fn::Sub'],
    ['a choice that is not there', { 'Fn::Select': [2, ['a', 'b']] }, 'Fn::Select'],
    ['a Ref to what is not there', { Ref: 'Missing' }, 'Missing'],
    ['an attribute that is not known', { 'Fn::GetAtt': ['Table1234ABCD', 'StreamArn'] }, 'StreamArn'],
    ['an attribute of what is not there', { 'Fn::GetAtt': ['Missing', 'Arn'] }, 'Missing.Arn'],
    ['a substitute that is not there', { 'Fn::Sub': $('Missing') }, 'Missing'],
  ])('that is not known is refused by name: %s', (_, value, named) => {
    expect(() => resolve(value)).toThrow(named);
  });
});

describe('a template', () => {
  const aTemplate = (template: unknown) => {
    const folder = mkdtempSync(join(tmpdir(), 'template-'));
    writeFileSync(join(folder, 'Stack.template.json'), JSON.stringify(template));
    return loadTemplate(folder, 'Stack', 'http://127.0.0.1:4500');
  };

  const TEMPLATE = {
    Resources: {
      PoolUserPool0A1B2C3D: { Type: 'AWS::Cognito::UserPool', Properties: { Name: 'people' } },
      PoolClient0A1B2C3D: {
        Type: 'AWS::Cognito::UserPoolClient',
        Properties: { UserPoolId: { Ref: 'PoolUserPool0A1B2C3D' } },
      },
      Function0A1B2C3D: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { SECRET: { Ref: 'Secret0A1B2C3D' } } },
        Metadata: { 'aws:asset:path': 'asset.1' },
      },
      Table0A1B2C3D: { Type: 'AWS::DynamoDB::GlobalTable' },
      Machine0A1B2C3D: { Type: 'AWS::StepFunctions::StateMachine' },
      Secret0A1B2C3D: { Type: 'AWS::SecretsManager::Secret' },
      Role0A1B2C3D: { Type: 'AWS::IAM::Role' },
      Rule0A1B2C3D: {
        Type: 'AWS::Events::Rule',
        Properties: { Targets: [{ Arn: { 'Fn::GetAtt': ['Queue0A1B2C3D', 'Arn'] } }] },
      },
      Queue0A1B2C3D: { Type: 'AWS::SQS::Queue' },
    },
    Outputs: { UserPoolId: { Value: { Ref: 'PoolUserPool0A1B2C3D' } } },
  };

  test('chooses by its conditions, however deep the choice stands', () => {
    const choice = (yes: unknown, no: unknown) => ({ 'Fn::If': ['China', yes, no] });
    const template = (partition: string, value: unknown) => ({
      Conditions: { China: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, partition] } },
      Resources: { Other: { Type: 'AWS::SQS::Queue', Properties: { List: [choice(1, { Ref: 'Other' })] } } },
      Outputs: { TableName: { Value: value } },
    });
    const nested = choice('a', { 'Fn::Join': ['', ['b', choice('c', 'd')]] });

    expect(aTemplate(template('aws', nested)).outputs.TableName).toBe('a');
    expect(aTemplate(template('aws-cn', nested)).outputs.TableName).toBe('bd');
    const [queue] = aTemplate(template('aws-cn', '')).ofType('AWS::SQS::Queue');
    expect(queue?.properties).toEqual({ List: [queue?.names.ref] });
    expect(() => aTemplate({ ...template('aws', nested), Conditions: {} })).toThrow('the condition China');
  });

  test('lists the resources of a type, with their properties resolved', () => {
    const template = aTemplate(TEMPLATE);

    const [fn] = template.ofType('AWS::Lambda::Function');

    expect(fn).toMatchObject({
      logicalId: 'Function0A1B2C3D',
      names: {
        ref: 'Function',
        attributes: { Arn: 'arn:aws:lambda:us-east-1:000000000000:function:Function' },
      },
      metadata: { 'aws:asset:path': 'asset.1' },
    });
    expect(fn?.properties.Environment).toEqual({
      SECRET: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:Secret-\w{6}$/),
    });
    expect(template.ofType('AWS::S3::Bucket')).toEqual([]);
  });

  test('names resources in the forms that AWS gives them', () => {
    const template = aTemplate(TEMPLATE);
    const ref = (type: string) => template.ofType(type)[0]?.names.ref;

    expect(ref('AWS::Cognito::UserPool')).toMatch(/^us-east-1_[0-9a-z]{9}$/);
    expect(ref('AWS::Cognito::UserPoolClient')).toMatch(/^[0-9a-z]{26}$/);
    expect(ref('AWS::DynamoDB::GlobalTable')).toBe('Table');
    expect(ref('AWS::StepFunctions::StateMachine')).toBe(
      'arn:aws:states:us-east-1:000000000000:stateMachine:Machine',
    );
  });

  test('refers to a queue by its URL at the endpoint, and to a rule by its name', () => {
    const template = aTemplate(TEMPLATE);

    expect(template.ofType('AWS::SQS::Queue')[0]?.names).toEqual({
      ref: 'http://127.0.0.1:4500/000000000000/Queue',
      attributes: {
        Arn: 'arn:aws:sqs:us-east-1:000000000000:Queue',
        QueueName: 'Queue',
        QueueUrl: 'http://127.0.0.1:4500/000000000000/Queue',
      },
    });
    expect(template.ofType('AWS::Events::Rule')[0]).toMatchObject({
      names: { ref: 'Rule', attributes: { Arn: 'arn:aws:events:us-east-1:000000000000:rule/Rule' } },
      properties: { Targets: [{ Arn: 'arn:aws:sqs:us-east-1:000000000000:Queue' }] },
    });
  });

  test('gives the same names after a restart, and resolves outputs to them', () => {
    const [first, second] = [aTemplate(TEMPLATE), aTemplate(TEMPLATE)];

    expect(first?.outputs).toEqual(second?.outputs);
    expect(first?.outputs.UserPoolId).toBe(first?.ofType('AWS::Cognito::UserPool')[0]?.names.ref);
  });

  test('may have no outputs and no properties', () => {
    const template = aTemplate({ Resources: { Role: { Type: 'AWS::IAM::Role' } } });

    expect(template.outputs).toEqual({});
    expect(template.ofType('AWS::IAM::Role')[0]).toMatchObject({ properties: {}, metadata: {} });
  });
});
