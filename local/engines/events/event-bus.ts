/** Amazon EventBridge: the default event bus with the template's rules, and their schedules on the local clock. */
import type { Clock } from '../../ground/clock.ts';
import type { InvokeAsync, JsonObject } from '../../ground/service.ts';
import type { Resource } from '../../ground/template.ts';
import { createWait } from '../../ground/wait.ts';
import { checkSize, type EventEntry, toEvent } from './event.ts';
import { isForCloudTrail, type Rule, readRule } from './rule.ts';

export interface EventBusSettings {
  readonly rules: readonly Resource[];
  /** The functions that rules may have as targets. */
  readonly functionArns: readonly string[];
  readonly clock: Clock;
  readonly invokeAsync: InvokeAsync;
  readonly region: string;
  readonly accountId: string;
}

export interface EventBus {
  /** Sends the event to the targets of every matching rule. Throws PutEvents' ValidationException if it is over 256 KB. */
  putEvent(entry: EventEntry): void;
  /** Starts the schedules. Each runs for the first time after one period. */
  startSchedules(): void;
  /** Ends the schedules. Resolves when the current runs have ended. */
  close(): Promise<void>;
}

/** The least real time between two runs of a rule: a fast clock shortens waiting, but not work. */
const LEAST_BETWEEN_RUNS_MS = 200;

/** Throws an error that names the first rule that does not work here. */
export const createEventBus = (settings: EventBusSettings): EventBus => {
  const { clock, invokeAsync, region, accountId } = settings;
  const rules = settings.rules
    .filter((resource) => !isForCloudTrail(resource))
    .map((resource) => readRule(resource, settings.functionArns))
    .filter(({ enabled }) => enabled);
  const closing = new AbortController();
  const wait = createWait(clock, closing.signal);
  let schedules: readonly Promise<void>[] = [];

  const toEventNow = (entry: EventEntry) => toEvent(entry, { accountId, region, at: clock.now() });

  const deliver = async ({ targets }: Rule, event: JsonObject): Promise<void> => {
    await Promise.all(targets.map(({ arn, inputOf }) => invokeAsync(arn, inputOf(event))));
  };

  /** Does not catch up on a run that was missed because the clock was set forward or the last run was slow. */
  const runSchedule = async (rule: Rule, everyMs: number): Promise<void> => {
    const scheduled = {
      source: 'aws.events',
      detailType: 'Scheduled Event',
      resources: [rule.arn],
      detail: {},
    };
    let next = wait(everyMs, LEAST_BETWEEN_RUNS_MS);
    while (await next) {
      next = wait(everyMs, LEAST_BETWEEN_RUNS_MS);
      await deliver(rule, toEventNow(scheduled));
    }
  };

  return {
    putEvent: (entry) => {
      checkSize(entry);
      const event = toEventNow(entry);
      for (const rule of rules) if (rule.matches?.(event)) void deliver(rule, event);
    },
    startSchedules: () => {
      schedules = rules.flatMap((rule) =>
        rule.everyMs === undefined ? [] : [runSchedule(rule, rule.everyMs)],
      );
    },
    close: async () => {
      closing.abort();
      await Promise.all(schedules);
    },
  };
};
