import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { metricsEnvironment } from '../../../infra/unique-name.ts';
import { anApp } from '../../support/infra/templates.ts';

const inside = (...ids: readonly string[]): string => {
  const stack = new Stack(anApp(), 'Stack', { stackName: 'Otp' });
  const part = ids.reduce<Construct>((scope, id) => new Construct(scope, id), stack);
  return metricsEnvironment(part).metricsNamespace;
};

describe('the namespace of the metrics', () => {
  it('is the stack’s name where the second factor is all that the stack has', () => {
    expect(inside('Default', 'DeliverCode')).toBe('Otp');
    expect(inside('DeliverCode')).toBe('Otp');
  });

  it('differs between two constructs of one stack', () => {
    expect(inside('Staff', 'DeliverCode')).toBe('Otp-Staff');
    expect(inside('Shop', 'Customers', 'DeliverCode')).toBe('Otp-Shop-Customers');
  });

  it('is the same for all parts of one', () => {
    expect(inside('Staff', 'SweepChallenges')).toBe(inside('Staff', 'DeliverCode'));
  });
});
