/** The stack whose template everybody can deploy who does not use the CDK. */
import { Aws, CfnCondition, CfnParameter, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct, IConstruct } from 'constructs';
import { createParts, type Parts } from '../../infra/parts.ts';
import { CHOICE, type Choice, structuralSettings } from './choice.ts';
import { deployedSettings, secondsOf } from './deployed-settings.ts';
import { addExistingPool } from './existing-pool.ts';
import { addOwnPool } from './own-pool.ts';
import { type ParameterName, type PoolKind, parameterGroups } from './parameters.ts';

export interface TemplateStackProps extends StackProps {
  readonly choice: Choice;
}

/** The console shows the parameters in their groups; without these it would sort them by their names. */
const addParameters = (stack: Stack, choice: Choice): void => {
  const groups = Object.entries(parameterGroups(choice.pool));
  for (const [name, parameter] of groups.flatMap(([, parameters]) => Object.entries(parameters)))
    new CfnParameter(stack, name, parameter);
  stack.templateOptions.metadata = {
    [CHOICE]: choice,
    'AWS::CloudFormation::Interface': {
      ParameterGroups: groups.map(([label, parameters]) => ({
        Label: { default: label },
        Parameters: Object.keys(parameters),
      })),
    },
  };
};

/** The condition that a parameter which may be left out was given. */
const isGiven = (stack: Stack, name: ParameterName): CfnCondition =>
  new CfnCondition(stack, `Has${name}`, {
    expression: Fn.conditionNot(Fn.conditionEquals(Fn.ref(name), '')),
  });

/** An alarm without a topic has an empty list of actions. */
const alarmTopic = (stack: Stack) => {
  const { logicalId } = isGiven(stack, 'AlarmTopic');
  const arn = Fn.conditionIf(logicalId, Fn.ref('AlarmTopic'), Aws.NO_VALUE).toString();
  return Topic.fromTopicArn(stack, 'Topic', arn);
};

/** The permissions name the bare address, so only the variable has the name that is shown beside it. */
const nameSender = (stack: Stack): void => {
  const deliverCode = ['DeliverCode', 'Lambda', 'Function'].reduce<IConstruct>(
    (found, id) => found.node.findChild(id),
    stack,
  );
  const { logicalId } = isGiven(stack, 'SenderName');
  const named = `"${Fn.ref('SenderName')}" <${Fn.ref('EmailSender')}>`;
  (deliverCode.node.defaultChild as CfnFunction).addPropertyOverride(
    'Environment.Variables.EMAIL_SENDER',
    Fn.conditionIf(logicalId, named, Fn.ref('EmailSender')),
  );
};

/** guard-tokens calls it, if there is one, and may call no other function. */
const composePreToken = (stack: Stack, { triggers }: Parts): void => {
  const { node, role } = triggers['guard-tokens'];
  const arn = Fn.ref('PreTokenFunctionArn');
  const condition = isGiven(stack, 'PreTokenFunctionArn');
  const statement = new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [arn] });
  const policy = new CfnPolicy(stack, 'PreTokenPolicy', {
    policyName: 'CallPreTokenFunction',
    policyDocument: new PolicyDocument({ statements: [statement] }),
    roles: [role?.roleName ?? ''],
  });
  policy.cfnOptions.condition = condition;
  // Told before it is allowed, it would refuse tokens. A DependsOn cannot have a condition, so the value refers to the policy.
  const afterPolicy = Fn.select(0, [arn, policy.ref]);
  (node.defaultChild as CfnFunction).addPropertyOverride(
    'Environment.Variables.PRE_TOKEN_FUNCTION_ARN',
    Fn.conditionIf(condition.logicalId, afterPolicy, ''),
  );
};

const DESCRIPTIONS: Readonly<Record<PoolKind, string>> = {
  own: 'Email one-time passwords as the second factor of a Cognito user pool',
  existing: 'Email one-time passwords as the second factor of a Cognito user pool that is made elsewhere',
};

/** The second factor, for a pool of its own or for one that exists. The parameters have the settings. */
export class TemplateStack extends Stack {
  readonly #isMade: boolean;

  constructor(scope: Construct, id: string, { choice, ...props }: TemplateStackProps) {
    const { pool } = choice;
    super(scope, id, { description: DESCRIPTIONS[pool], ...props });
    this.#isMade = true;
    addParameters(this, choice);
    const deletionProtection = new CfnCondition(this, 'IsProtected', {
      expression: Fn.conditionEquals(Fn.ref('DeletionProtection'), 'true'),
    });
    const structural = structuralSettings(choice.given);
    const settings = deployedSettings(structural, { deletionProtection });
    const { encryptionKey } = structural;
    const parts = createParts(this, {
      settings,
      encryptionKey: encryptionKey ? Key.fromKeyArn(this, 'EncryptionKey', encryptionKey) : undefined,
      alarmTopic: alarmTopic(this),
      sessionValiditySeconds: secondsOf('SessionValidity', 60),
      preTokenGeneration: undefined,
    });
    nameSender(this);
    composePreToken(this, parts);
    if (pool === 'own') addOwnPool(this, { structural, settings, parts, deletionProtection });
    else addExistingPool(this, { settings, parts, hasPool: isGiven(this, 'UserPoolArn') });
  }

  /** The deployment gives the name. While the base class makes the stack, it wants to see one. */
  override get stackName(): string {
    return #isMade in this ? Aws.STACK_NAME : super.stackName;
  }
}
