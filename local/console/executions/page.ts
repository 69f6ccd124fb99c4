/** The executions page: all executions of the workflow, newest first. */
import { count, duration } from '../../../shared/words/times.ts';
import { byId, h } from '../../../web/kit/element.ts';
import { askLocal } from '../ask-local.ts';
import { timeElement } from '../frame/zone.ts';
import { keepLive } from '../live.ts';
import { executionId, type ShownExecution, type ShownMachine, STATUS_WORDS, shortName } from './execution.ts';
import { executionDetail, machineDetail } from './execution-detail.ts';
import { retriesOf, tracePath } from './execution-path.ts';

const list = byId('executions');
const detail = byId('detail');

let machines: readonly ShownMachine[] = [];
/** Newest first. */
let executions: readonly ShownExecution[] = [];
let shown = '';
let chosenState: string | undefined;

/** Returns the execution that the page's address names, or the newest. */
const chosen = (): ShownExecution | undefined =>
  executions.find((execution) => executionId(execution) === location.hash.slice(1)) ?? executions[0];

/** For instance `…8f1c9d-1 · 10 s · 2 retries`. */
const summary = (execution: ShownExecution): string => {
  const { startedAt, stoppedAt, name } = execution;
  const retries = tracePath(execution).reduce((sum, visit) => sum + retriesOf(visit), 0);
  return [
    shortName(name),
    ...(stoppedAt === undefined ? [] : [duration(stoppedAt - startedAt)]),
    ...(retries === 0 ? [] : [count(retries, 'retry', 'retries')]),
  ].join(' · ');
};

const listItem = (execution: ShownExecution, isChosen: boolean): HTMLElement => {
  const { tone, text } = STATUS_WORDS[execution.status];
  const id = executionId(execution);
  return h(
    'li',
    {},
    h(
      'a',
      { href: `#${id}`, class: 'execution', 'data-id': id, ...(isChosen && { 'aria-current': 'true' }) },
      h(
        'span',
        { class: 'row' },
        h('strong', { class: 'digits' }, timeElement(execution.startedAt, 'clock')),
        h('span', { class: 'badge', 'data-tone': tone }, text),
      ),
      h('span', { class: 'small quiet' }, summary(execution)),
    ),
  );
};

const focusedId = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset.id;

const showList = (current: ShownExecution | undefined): void => {
  const focused = focusedId();
  list.replaceChildren(...executions.map((execution) => listItem(execution, execution === current)));
  if (focused !== undefined) list.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  list.hidden = executions.length === 0;
  byId('empty').hidden = executions.length > 0;
};

/** Shows the state in detail; the same one again closes it. The focus stays where it was. */
const chooseState = (state: string): void => {
  chosenState = state === chosenState ? undefined : state;
  shown = `${shown} `;
  show();
  detail.querySelector<SVGElement>(`[data-state="${CSS.escape(state)}"]`)?.focus();
};

/** Makes the detail again only if it has changed, and keeps the same parts open. */
const showDetail = (current: ShownExecution | undefined): void => {
  const key =
    current === undefined ? '' : `${executionId(current)} ${current.status} ${current.history.length}`;
  const machine = machines.find(({ arn }) => arn === current?.stateMachineArn) ?? machines[0];
  if (machine === undefined || (key === shown && detail.childElementCount > 0)) return;
  const sameExecution = current !== undefined && shown.startsWith(executionId(current));
  const open = [...detail.querySelectorAll<HTMLDetailsElement>('details[open]')].map(
    ({ dataset }) => dataset.key,
  );
  const focused = (document.activeElement as SVGElement | null)?.dataset.state;
  const isThere = chosenState !== undefined && Object.hasOwn(machine.definition.States, chosenState);
  const choice = { chosen: isThere ? chosenState : undefined, choose: chooseState };
  detail.replaceChildren(
    current === undefined ? machineDetail(machine, choice) : executionDetail(machine, current, choice),
  );
  if (focused !== undefined) {
    detail.querySelector<SVGElement>(`[data-state="${CSS.escape(focused)}"]`)?.focus();
  }
  shown = key;
  if (!sameExecution) return;
  for (const part of detail.querySelectorAll('details')) part.open = open.includes(part.dataset.key);
};

const show = (): void => {
  const current = chosen();
  showList(current);
  showDetail(current);
};

addEventListener('hashchange', () => {
  show();
  byId('detail-title').focus();
});

keepLive(['execution'], async () => {
  if (machines.length === 0) machines = await askLocal('state-machines.json');
  executions = (await askLocal('executions.json')).toReversed();
  show();
});
