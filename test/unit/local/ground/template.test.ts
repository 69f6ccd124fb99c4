import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTemplate } from '../../../../local/ground/template.ts';

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
