/** A schedule in words: one line for each move. */
import type { Violation } from './explore.ts';
import type { Fate, Taken } from './system.ts';

const FATES: Readonly<Record<Fate, string>> = {
  works: '',
  fails: 'fails, and nothing is done',
  'is repeated': 'is done, its answer is lost, and it is made again',
  'is lost': 'is done, and its caller gets no answer',
  'is refused': 'is refused by SES',
};

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Names challenges A, B and so on, in the order in which they come. */
const createLabels = () => {
  const known: string[] = [];
  return (text: string): string =>
    text.replace(ID, (id) => {
      if (!known.includes(id)) known.push(id);
      return String.fromCodePoint(65 + known.indexOf(id));
    });
};

interface Input {
  readonly Key?: { readonly sk?: { readonly S?: string } };
  readonly UpdateExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly until?: number;
}

const thingOf = ({ Key }: Input): string => {
  const name = Key?.sk?.S ?? '';
  return name === 'GUARD'
    ? ' of the user record'
    : name === ''
      ? ''
      : ` of ${name.replace('CHALLENGE#', 'challenge ')}`;
};

const callWords = ({ operation, input }: NonNullable<Taken['call']>): string => {
  const { UpdateExpression, KeyConditionExpression, ExpressionAttributeNames = {}, until } = input as Input;
  if (until !== undefined) return `${operation} until ${new Date(until).toISOString().slice(11, 19)}`;
  const expression = UpdateExpression ?? KeyConditionExpression;
  const named = expression?.replace(/#\w+/g, (name) => ExpressionAttributeNames[name] ?? name);
  return `${operation}${thingOf(input as Input)}${named === undefined ? '' : `: ${named}`}`;
};

const answerWords = ({ fate, answer }: Taken): string => {
  if (FATES[fate] !== '') return ` - ${FATES[fate]}`;
  if (answer?.error === undefined) return '';
  const { name } = answer.error;
  return ` - ${name === 'ConditionalCheckFailedException' ? 'its condition does not hold' : name}`;
};

/** What is wrong, how it came to that, and what became of each operation. */
export const describeViolation = ({ problems, schedule, view }: Violation): string => {
  const label = createLabels();
  const steps = schedule.map((taken, index) => {
    const words = taken.call === undefined ? 'begins' : callWords(taken.call);
    return label(`${String(index + 1).padStart(3)}. ${taken.name}: ${words}${answerWords(taken)}`);
  });
  const results = view.results.map(({ name, outcome, failed }) =>
    label(
      `     ${name}: ${failed === undefined ? JSON.stringify(outcome ?? 'not at its end') : `fails with ${failed}`}`,
    ),
  );
  return [
    ...problems.map(label),
    `after ${schedule.length} steps:`,
    ...steps,
    'what became of them:',
    ...results,
  ].join('\n');
};
