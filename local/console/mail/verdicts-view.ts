/** What the checks find in the mail that is shown. */
import { count } from '../../../shared/words/times.ts';
import { byId, h, setText } from '../../../web/kit/element.ts';
import type { LocalAnswers } from '../../api/types.ts';
import { RENDERED_CHECKS, type Rendered } from './rendered-checks.ts';

type Verdicts = LocalAnswers['mail-preview.json']['verdicts'];

const row = ({ number, says, problems }: Verdicts[number]): HTMLElement =>
  h(
    'li',
    { value: number },
    h(
      'span',
      { class: 'badge', 'data-tone': problems.length === 0 ? 'good' : 'bad' },
      problems.length === 0 ? 'Good' : 'Not good',
    ),
    ` ${says}`,
    problems.length === 0 ? undefined : h('ul', {}, ...problems.map((problem) => h('li', {}, problem))),
  );

export const showVerdicts = (written: Verdicts, rendered: Rendered): void => {
  const verdicts: Verdicts = [
    ...written,
    ...RENDERED_CHECKS.map(({ number, says, find }) => ({ number, says, problems: find(rendered) })),
  ].toSorted((a, b) => a.number - b.number);
  const bad = verdicts.filter(({ problems }) => problems.length > 0).length;
  byId('checks').replaceChildren(...verdicts.map(row));
  setText(
    byId('verdict'),
    bad === 0 ? `All ${verdicts.length} are good.` : `${count(bad, 'check is', 'checks are')} not good.`,
  );
};
