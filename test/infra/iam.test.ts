import { Template } from 'aws-cdk-lib/assertions';
import { Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import type { EmailOtpStack } from '../../infra/stack.ts';
import { aStack, type Given, stackTemplate } from '../support/infra/templates.ts';
import { ALLOWED, WILDCARDS } from './iam-allow-list.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

/** An intrinsic function as short text: `<Table.Arn>/index/open`. */
const toText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', undefined]] = Object.entries(value as Readonly<Record<string, unknown>>);
  if (name === 'Ref') return `<${String(argument)}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as readonly string[]).join('.')}>`;
  if (name === 'Fn::Join') return (argument as readonly [string, readonly unknown[]])[1].map(toText).join('');
  return JSON.stringify(value);
};

/** Logical ids without the hash at their end. */
const unhashed = (text: string): string => text.replace(/([A-Za-z])[0-9A-F]{8}\b/g, '$1');

const lines = (policyId: string, { PolicyDocument }: Policy): readonly string[] => {
  const holder = unhashed(policyId).replace(/(Lambda)?(StateMachine)?Role(DefaultPolicy)?$/, '');
  return PolicyDocument.Statement.flatMap((statement) =>
    [statement.Action].flat().flatMap((action) =>
      [statement.Resource].flat().map((resource) => {
        const effect = statement.Effect === 'Allow' ? '' : `${statement.Effect} `;
        return `${holder}: ${effect}${action} on ${unhashed(toText(resource))}`;
      }),
    ),
  );
};

/** Every statement of every role, a line for each action and resource. */
const statements = (
  settings: Given = {},
  change: (stack: EmailOtpStack) => void = () => {},
): readonly string[] => {
  const stack = aStack(settings);
  change(stack);
  const template = Template.fromStack(stack);
  const attached = Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(
    ([id, { Properties }]) => lines(id, Properties as Policy),
  );
  const inline = Object.entries(template.findResources('AWS::IAM::Role')).flatMap(([id, { Properties }]) =>
    ((Properties.Policies ?? []) as readonly Policy[]).flatMap((policy) => lines(id, policy)),
  );
  return [...attached, ...inline].toSorted();
};

describe('what the roles of the stack may do', () => {
  it('is what the allow-list says, action by action and resource by resource', () => {
    expect(statements({ auditArchive: true })).toEqual(ALLOWED.toSorted());
  });

  it('lets verify-auth-challenge start the workflow only where users get notices', () => {
    const [without, withNotices] = [statements(), statements({ notices: true })];

    expect(withNotices.filter((line) => !without.includes(line))).toEqual([
      'VerifyAuthChallenge: states:StartExecution on <DeliveryWorkflowStateMachine>',
    ]);
  });

  it('lets the function behind the link "this was not me" update the table and write its log, and widens no other role', () => {
    const [without, withLink] = [statements(), statements({ notices: true, reportLink: true })];

    expect(withLink.filter((line) => !without.includes(line))).toEqual([
      'TakeReport: dynamodb:UpdateItem on <ChallengeTable.Arn>',
      'TakeReport: logs:CreateLogStream on <TakeReportLambdaLog.Arn>',
      'TakeReport: logs:PutLogEvents on <TakeReportLambdaLog.Arn>',
      'VerifyAuthChallenge: states:StartExecution on <DeliveryWorkflowStateMachine>',
    ]);
  });

  it('has no managed policies, which AWS may widen', () => {
    const roles = Object.values(stackTemplate().findResources('AWS::IAM::Role'));

    expect(roles.flatMap(({ Properties }) => Properties.ManagedPolicyArns ?? [])).toEqual([]);
  });

  it('has a wildcard only where the reason is written down', () => {
    const wild = statements({ auditArchive: true }).filter(
      (line) => / on .*\*/.test(line) && !/: Deny /.test(line),
    );

    expect(wild.filter((line) => !WILDCARDS.some(({ pattern }) => pattern.test(line)))).toEqual([]);
    for (const { pattern } of WILDCARDS) expect(wild.some((line) => pattern.test(line))).toBe(true);
  });

  it('is noticed when somebody adds to it', () => {
    const widened = statements({ auditArchive: true }, (stack) => {
      const [role] = stack.node.findAll().filter((construct) => construct instanceof Role);
      role?.addToPrincipalPolicy(
        new PolicyStatement({ effect: Effect.ALLOW, actions: ['dynamodb:*'], resources: ['*'] }),
      );
    });

    expect(widened.filter((line) => !ALLOWED.includes(line))).toEqual([
      expect.stringMatching(/dynamodb:\* on \*/),
    ]);
  });
});
