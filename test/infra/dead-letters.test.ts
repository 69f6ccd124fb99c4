import { describe, expect, it } from 'vitest';
import { stackTemplate } from '../support/infra/templates.ts';

interface Rule {
  readonly Targets: readonly { readonly DeadLetterConfig?: { readonly Arn: unknown } }[];
}

interface Statement {
  readonly Effect: string;
  readonly Action: string;
  readonly Principal: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const template = stackTemplate({ auditArchive: true });
const rules = Object.entries(template.findResources('AWS::Events::Rule'));
const [queueId = ''] = Object.keys(template.findResources('AWS::SQS::Queue')).filter((id) =>
  id.startsWith('RecordFeedback'),
);
const allowances = Object.values(template.findResources('AWS::SQS::QueuePolicy'))
  .filter(({ Properties }) => JSON.stringify(Properties.Queues).includes(queueId))
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as readonly Statement[])
  .filter(({ Effect }) => Effect === 'Allow');

describe('what EventBridge cannot hand over', () => {
  it.each(rules)('waits in the dead-letter queue: %s', (_, { Properties }) => {
    const { Targets } = Properties as Rule;

    expect(Targets).not.toEqual([]);
    for (const { DeadLetterConfig } of Targets) {
      expect(DeadLetterConfig).toEqual({ Arn: { 'Fn::GetAtt': [queueId, 'Arn'] } });
    }
  });

  it('is put there by EventBridge alone, for one of these rules', () => {
    const sources = allowances.map(({ Condition }) => Condition?.ArnEquals?.['aws:SourceArn']);

    expect(sources).toHaveLength(rules.length);
    expect(sources).toEqual(expect.arrayContaining(rules.map(([id]) => ({ 'Fn::GetAtt': [id, 'Arn'] }))));
    for (const { Action, Principal } of allowances) {
      expect(Action).toBe('sqs:SendMessage');
      expect(Principal).toEqual({ Service: 'events.amazonaws.com' });
    }
  });
});
