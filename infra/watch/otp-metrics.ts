/** The service's own metrics in CloudWatch; `shared/lambda/metric-names.ts` says which function emits which. */
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ReportKind } from '../../shared/domain/challenge.ts';
import {
  EMITTED_BY,
  type MetricName,
  SEND_TRY_REASONS,
  type SendTryReason,
} from '../../shared/lambda/metric-names.ts';
import { metricsEnvironment } from '../unique-name.ts';

export type TimeName = Extract<MetricName, `TimeTo${string}`>;
export type CountName = Exclude<MetricName, TimeName | 'SendTryFailed' | 'TokensReported' | 'ReportReceived'>;

/** The sum of metrics, by their ids in metric math. Missing data counts as 0. */
export const sumOf = (label: string, metrics: Readonly<Record<string, Metric>>): MathExpression =>
  new MathExpression({ expression: filledSum(metrics), usingMetrics: { ...metrics }, label });

/** The same sum as a part of a longer expression. */
export const filledSum = (metrics: Readonly<Record<string, Metric>>): string =>
  Object.keys(metrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ');

/** A share in percent; it has no value if there is nothing to have a share of. */
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

/** A single metric is not filled with 0, so that the share has no value if the metric has none. */
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

  /** How often it happened, in all functions together. */
  count(name: CountName, label?: string): Metric | MathExpression {
    const parts = this.parts(name);
    const [only, ...others] = Object.values(parts);
    if (only === undefined || others.length > 0) return sumOf(label ?? name, parts);
    return label === undefined ? only : only.with({ label });
  }

  /** The same for use in expressions: by id, one metric for each function that emits it. */
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

  /** The part of a metric that one of several functions emits, by its id. */
  partOf<Name extends CountName>(
    service: (typeof EMITTED_BY)[Name][number],
    name: Name,
  ): Readonly<Record<string, Metric>> {
    return { [idOf(name)]: this.#metric(name, { service }, Stats.SUM, name) };
  }

  /** A time in milliseconds; `statistic` is such as `p95`. */
  time(name: TimeName, statistic: string): Metric {
    const [service] = EMITTED_BY[name];
    return this.#metric(name, { service }, statistic, statistic);
  }

  /** The failed tries to send, for one reason. */
  failedTries(reason: SendTryReason): Metric {
    const [service] = EMITTED_BY.SendTryFailed;
    return this.#metric('SendTryFailed', { service, reason }, Stats.SUM, reason);
  }

  /** The sign-ins at one client, by its id, that got tokens without a code. */
  signInsWithoutCode(client: string): Metric {
    const [service] = EMITTED_BY.TokensReported;
    return this.#metric('TokensReported', { service, client }, Stats.SUM, client);
  }

  /** The same for several reasons, by id, for use in expressions. */
  failedTryParts(reasons: readonly SendTryReason[] = SEND_TRY_REASONS): Readonly<Record<string, Metric>> {
    return Object.fromEntries(reasons.map((reason) => [idOf(reason), this.failedTries(reason)]));
  }

  /** The reports "this was not me" that did this. */
  reports(kind: ReportKind, label: string = kind): Metric {
    const [service] = EMITTED_BY.ReportReceived;
    return this.#metric('ReportReceived', { service, kind }, Stats.SUM, label);
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
 * The wrong answers minus the right ones. Normally this is below 0, because users who mistype a code get it right the next
 * time. Guesses raise it; if very many users sign in, it does not show a few guesses.
 */
export const wrongLessRight = (otp: OtpMetrics): MathExpression => {
  const [wrong, right] = [otp.parts('AnswerWrong'), otp.parts('ChallengeVerified')];
  return new MathExpression({
    expression: `${filledSum(wrong)} - (${filledSum(right)})`,
    usingMetrics: { ...wrong, ...right },
    label: 'wrong less right',
  });
};
