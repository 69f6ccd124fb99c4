/** The stack whose template everybody can deploy who does not use the CDK. */
import { Aws, CfnCondition, CfnParameter, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct, type IConstruct } from 'constructs';
import { brandOf } from '../../infra/mail/mail-file.ts';
import { createParts, type Parts } from '../../infra/parts.ts';
import { withSenderName } from '../../infra/settings/email-sender.ts';
import type { Settings } from '../../infra/settings/settings.ts';
import { CHOICE, type Choice, structuralSettings } from './choice.ts';
import { deployedSettings, secondsOf } from './deployed-settings.ts';
import { isGiven } from './is-given.ts';
import { type PoolKind, parameterGroups } from './parameters.ts';
import { addExistingPool } from './pool/existing-pool.ts';
import { addOwnPool } from './pool/own-pool.ts';

export interface TemplateStackProps extends StackProps {
  readonly choice: Choice;
}

/** The console shows the parameters in their groups; without these it would sort them by their names. */
const addParameters = (stack: Stack, choice: Choice, { reportLink }: Settings): void => {
  const groups = Object.entries(parameterGroups(choice.pool, reportLink));
  // An output may be called like a parameter, but two constructs of a scope may not.
  const scope = new Construct(stack, 'Parameters');
  for (const [name, parameter] of groups.flatMap(([, parameters]) => Object.entries(parameters)))
    new CfnParameter(scope, name, parameter).overrideLogicalId(name);
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

/** An alarm without a topic has an empty list of actions. */
const alarmTopic = (stack: Stack) => {
  const { logicalId } = isGiven(stack, 'AlarmTopic');
  const arn = Fn.conditionIf(logicalId, Fn.ref('AlarmTopic'), Aws.NO_VALUE).toString();
  return Topic.fromTopicArn(stack, 'Topic', arn);
};

/** The permissions name the bare address, so only the variable has the name that is shown beside it: the brand's, if none is given. */
const nameSender = (stack: Stack, settings: Settings): void => {
  const deliverCode = ['DeliverCode', 'Lambda', 'Function'].reduce<IConstruct>(
    (found, id) => found.node.findChild(id),
    stack,
  );
  const { logicalId } = isGiven(stack, 'SenderName');
  const named = `"${Fn.ref('SenderName')}" <${Fn.ref('EmailSender')}>`;
  (deliverCode.node.defaultChild as CfnFunction).addPropertyOverride(
    'Environment.Variables.EMAIL_SENDER',
    Fn.conditionIf(logicalId, named, withSenderName(Fn.ref('EmailSender'), brandOf(settings)?.name)),
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
    const structural = structuralSettings(choice.given);
    addParameters(this, choice, structural);
    const deletionProtection = new CfnCondition(this, 'IsProtected', {
      expression: Fn.conditionEquals(Fn.ref('DeletionProtection'), 'true'),
    });
    const settings = deployedSettings(structural, { deletionProtection });
    const { encryptionKey } = structural;
    const parts = createParts(this, {
      settings,
      encryptionKey: encryptionKey ? Key.fromKeyArn(this, 'EncryptionKey', encryptionKey) : undefined,
      alarmTopic: alarmTopic(this),
      sessionValiditySeconds: secondsOf('SessionValidity', 60),
      preTokenGeneration: undefined,
      // Attaching records the clients that it finds open.
      tracksClients: pool === 'existing',
    });
    nameSender(this, settings);
    composePreToken(this, parts);
    if (pool === 'own') addOwnPool(this, { structural, settings, parts, deletionProtection });
    else addExistingPool(this, { settings, parts });
  }

  /** The deployment gives the name. While the base class makes the stack, it wants to see one. */
  override get stackName(): string {
    return #isMade in this ? Aws.STACK_NAME : super.stackName;
  }
}
