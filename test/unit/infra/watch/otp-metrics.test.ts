import { Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { OtpMetrics, shareOf, sumOf } from '../../../../infra/watch/otp-metrics.ts';
import { EMITTED_BY, METRICS } from '../../../../shared/lambda/metric-names.ts';
import { anApp } from '../../../support/infra/templates.ts';

const otp = new OtpMetrics(new Stack(anApp(), 'Otp'));

describe('a metric of our own', () => {
  it('is found under the stack’s name and the function that emits it', () => {
    expect(otp.count('CodeSent').toMetricConfig().metricStat).toMatchObject({
      namespace: 'Otp',
      metricName: 'CodeSent',
      dimensions: [{ name: 'service', value: 'deliver-code' }],
      statistic: 'Sum',
    });
  });

  it('that two functions emit is their sum', () => {
    const { mathExpression } = otp.count('ChallengeExhausted').toMetricConfig();

    expect(mathExpression?.expression).toBe(
      'FILL(challengeExhausted, 0) + FILL(challengeExhausted_sweep_challenges, 0)',
    );
    const services = Object.values(mathExpression?.usingMetrics ?? {}).map(
      (metric) => metric.toMetricConfig().metricStat?.dimensions?.[0]?.value,
    );
    expect(services).toEqual(['verify-auth-challenge', 'sweep-challenges']);
  });

  it('for a failed try also has its reason', () => {
    expect(otp.failedTries('EmailThrottled').toMetricConfig().metricStat?.dimensions).toEqual([
      { name: 'reason', value: 'EmailThrottled' },
      { name: 'service', value: 'deliver-code' },
    ]);
  });

  it('for sign-ins without a code also has their client', () => {
    expect(otp.signInsWithoutCode('client1').toMetricConfig().metricStat).toMatchObject({
      metricName: 'TokensReported',
      statistic: 'Sum',
      dimensions: [
        { name: 'client', value: 'client1' },
        { name: 'service', value: 'guard-tokens' },
      ],
    });
  });

  it('is emitted by some function, whichever it is', () => {
    expect(Object.keys(EMITTED_BY).toSorted()).toEqual(Object.keys(METRICS).toSorted());
  });
});

describe('a share', () => {
  const [part, whole, more] = [otp.parts('MailBounced'), otp.parts('CodeSent'), otp.parts('ResendRequested')];

  it('is 0 if nothing of the part was measured, and has no value if nothing of the whole was', () => {
    expect(shareOf('bounced', part, whole).expression).toBe('100 * (FILL(mailBounced, 0)) / (codeSent)');
  });

  it('of several is of their sum', () => {
    expect(shareOf('bounced', part, { ...whole, ...more }).expression).toBe(
      '100 * (FILL(mailBounced, 0)) / (FILL(codeSent, 0) + FILL(resendRequested, 0))',
    );
  });

  it('and a sum count what is missing as 0', () => {
    expect(sumOf('both', { ...part, ...whole }).expression).toBe('FILL(mailBounced, 0) + FILL(codeSent, 0)');
  });
});
