/** The stack's own metrics as CloudWatch finds them; which function emits which is in `shared/lambda/metrics.ts`. */
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import {
  EMITTED_BY,
  type MetricName,
  SEND_TRY_REASONS,
  type SendTryReason,
} from '../../shared/lambda/metrics.ts';
import { metricsEnvironment } from '../metrics-namespace.ts';

export type TimeName = Extract<MetricName, `TimeTo${string}`>;
export type CountName = Exclude<MetricName, TimeName | 'SendTryFailed'>;

/** The sum of these, by their ids in metric math. What was not measured counts as nothing. */
export const sumOf = (label: string, metrics: Readonly<Record<string, Metric>>): MathExpression =>
  new MathExpression({ expression: filledSum(metrics), usingMetrics: { ...metrics }, label });

/** As a part of a longer expression. */
export const filledSum = (metrics: Readonly<Record<string, Metric>>): string =>
  Object.keys(metrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ');

/** A share in percent; no value where there is no whole to have a share of. */
export const shareOf = (
  label: string,
  part: Readonly<Record<string, Metric>>,
  whole: Readonly<Record<string, Metric>>,
): MathExpression =>
  new MathExpression({
    expression: `100 * (${filledSum(part)}) / (${wholeOf(whole)})`,
    usingMetrics: { ...part, ...whole },
    label,
  });

/** A single metric is not filled, so that there is no value where it has none. */
const wholeOf = (metrics: Readonly<Record<string, Metric>>): string => {
  const [only = '', ...others] = Object.keys(metrics);
  return others.length === 0 ? only : filledSum(metrics);
};

const idOf = (name: string, suffix = ''): string =>
  `${name.charAt(0).toLowerCase()}${name.slice(1)}${suffix.replaceAll(/\W/g, '_')}`;

export class OtpMetrics {
  readonly #namespace: string;

  constructor(scope: Construct) {
    this.#namespace = metricsEnvironment(scope).metricsNamespace;
  }

  /** How often it happened, in whichever function. */
  count(name: CountName, label?: string): Metric | MathExpression {
    const parts = this.parts(name);
    const [only, ...others] = Object.values(parts);
    if (only === undefined || others.length > 0) return sumOf(label ?? name, parts);
    return label === undefined ? only : only.with({ label });
  }

  /** The same for use in expressions: a metric for each function that emits it, by its id. */
  parts(...names: readonly CountName[]): Readonly<Record<string, Metric>> {
    return Object.fromEntries(
      names.flatMap((name) =>
        EMITTED_BY[name].map((service, n) => [
          idOf(name, n === 0 ? '' : `_${service}`),
          this.#metric(name, { service }, Stats.SUM, name),
        ]),
      ),
    );
  }

  /** Of a metric that several functions emit, the one of this function, by its id. */
  partOf<Name extends CountName>(
    service: (typeof EMITTED_BY)[Name][number],
    name: Name,
  ): Readonly<Record<string, Metric>> {
    return { [idOf(name)]: this.#metric(name, { service }, Stats.SUM, name) };
  }

  /** Milliseconds; `statistic` as in `p95`. */
  time(name: TimeName, statistic: string): Metric {
    const [service] = EMITTED_BY[name];
    return this.#metric(name, { service }, statistic, statistic);
  }

  /** Failed tries to send for one reason. */
  failedTries(reason: SendTryReason): Metric {
    const [service] = EMITTED_BY.SendTryFailed;
    return this.#metric('SendTryFailed', { service, reason }, Stats.SUM, reason);
  }

  /** Failed tries by id, for expressions. */
  failedTryParts(reasons: readonly SendTryReason[] = SEND_TRY_REASONS): Readonly<Record<string, Metric>> {
    return Object.fromEntries(reasons.map((reason) => [idOf(reason), this.failedTries(reason)]));
  }

  #metric(
    metricName: MetricName,
    dimensionsMap: Readonly<Record<string, string>>,
    statistic: string,
    label: string,
  ): Metric {
    return new Metric({
      namespace: this.#namespace,
      metricName,
      dimensionsMap: { ...dimensionsMap },
      statistic,
      label,
    });
  }
}

/**
 * The wrong answers less the right ones, below nothing where all is well: users mistype a code now and then, and get it right
 * the next time. Guesses lift it; where very many users sign in, few guesses do not show.
 */
export const wrongLessRight = (otp: OtpMetrics): MathExpression => {
  const [wrong, right] = [otp.parts('AnswerWrong'), otp.parts('ChallengeVerified')];
  return new MathExpression({
    expression: `${filledSum(wrong)} - (${filledSum(right)})`,
    usingMetrics: { ...wrong, ...right },
    label: 'wrong less right',
  });
};
