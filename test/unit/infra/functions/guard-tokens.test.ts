import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, type IFunction, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { ChallengeTable } from '../../../../infra/data/challenge-table.ts';
import { GuardTokens, type GuardTokensProps } from '../../../../infra/functions/guard-tokens.ts';
import { checkSettings } from '../../../../infra/settings/settings.ts';
import { anApp } from '../../../support/infra/templates.ts';

type MakeFunction = (stack: Stack) => IFunction;

const anOwnFunction = (stack: Stack): LambdaFunction =>
  new LambdaFunction(stack, 'Claims', {
    code: Code.fromInline('exports.handler = async (event) => event;'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
  });
// The cast is for exactOptionalPropertyTypes, under which CDK's aliases are no functions of CDK's.
const anAlias = (stack: Stack): IFunction => anOwnFunction(stack).addAlias('live') as IFunction;
const IMPORTED = 'arn:aws:lambda:eu-central-1:111122223333:function:claims';

/** The guard's function and what its role may invoke, and the ARN of the app's function as the template has it. */
const synthesize = (make?: MakeFunction, clients: Partial<GuardTokensProps> = {}) => {
  const stack = new Stack(anApp(), 'Shop', { env: { region: 'eu-central-1', account: '111122223333' } });
  const settings = checkSettings({ emailSender: 'otp@example.com' });
  const table = new ChallengeTable(stack, 'ChallengeTable', { ...settings, key: undefined });
  const preTokenGeneration = make?.(stack);
  new GuardTokens(stack, 'GuardTokens', { table, settings, preTokenGeneration, ...clients });
  const template = Template.fromStack(stack);
  const named = (type: string) =>
    Object.entries(template.findResources(type)).filter(([id]) => id.startsWith('GuardTokens'));
  const [guard] = named('AWS::Lambda::Function');
  const statements = named('AWS::IAM::Policy').flatMap(
    ([, { Properties }]) => Properties.PolicyDocument.Statement,
  );
  return {
    arn: stack.resolve(preTokenGeneration?.functionArn),
    variables: guard?.[1].Properties.Environment.Variables,
    statements,
    invokes: statements.filter(({ Action }) => String(Action).includes('lambda:')),
  };
};

describe('the guard of an app with a pre token generation function', () => {
  it.each<[string, MakeFunction]>([
    ['of the app', anOwnFunction],
    ['behind an alias', anAlias],
    ['that is imported', (stack) => LambdaFunction.fromFunctionArn(stack, 'Imported', IMPORTED)],
  ])('%s knows it, and may invoke it and nothing beside it', (_, make) => {
    const { arn, variables, invokes } = synthesize(make);

    expect(arn).toBeDefined();
    expect(variables.PRE_TOKEN_FUNCTION_ARN).toEqual(arn);
    expect(invokes).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: arn }]);
  });

  it('calls the alias and not what is behind it', () => {
    const { arn } = synthesize(anAlias);

    expect(arn).toEqual({ Ref: expect.stringMatching(/Alias/) });
  });
});

describe('the guard of an app without one', () => {
  it('has no variable for it, and may invoke nothing', () => {
    const { variables, invokes } = synthesize();

    expect(Object.keys(variables).toSorted()).toEqual(['METRICS_NAMESPACE', 'TABLE_NAME']);
    expect(invokes).toEqual([]);
  });
});

describe('the guard of an app with clients that get tokens without a code', () => {
  const until = '2027-03-31T00:00:00.000Z';
  const reportingClients = { client1: { until } };

  it('knows them and their dates, and reads the records', () => {
    const { variables } = synthesize(undefined, { reportingClients });

    expect(variables).toMatchObject({ REPORTING_CLIENTS: `{"client1":"${until}"}`, TRACKS_CLIENTS: 'true' });
  });

  it('may do nothing more for that than it could before', () => {
    expect(synthesize(undefined, { reportingClients }).statements).toEqual(synthesize().statements);
  });

  it.each([
    [{ tracksClients: true }, { TRACKS_CLIENTS: 'true' }],
    [{ tracksClients: true, reportingClients: {} }, { TRACKS_CLIENTS: 'true' }],
    [{ tracksClients: false }, {}],
    [{ reportingClients: {} }, {}],
    [{ reportingClients: undefined, tracksClients: undefined }, {}],
  ])('has no variable that it does not need (%j)', (clients, expected) => {
    const { METRICS_NAMESPACE, TABLE_NAME, ...variables } = synthesize(undefined, clients).variables;

    expect(variables).toEqual(expected);
  });
});
