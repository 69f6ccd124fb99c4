/** The content filters of event patterns. A filter with an argument that AWS refuses too is undefined. */
import { BlockList, isIP } from 'node:net';
import { isObject } from '../../ground/service.ts';

/** Says whether a value of an event matches. Values are texts, numbers, booleans and null; the rest is taken apart before. */
export type MatchesValue = (value: unknown) => boolean;

type Filter = (argument: unknown) => MatchesValue | undefined;

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';

/** A filter of texts. Any other value does not match. */
const ofText =
  (compile: (argument: string) => ((text: string) => boolean) | undefined): Filter =>
  (argument) => {
    const matches = isText(argument) ? compile(argument) : undefined;
    return matches && ((value) => isText(value) && matches(value));
  };

const equalsIgnoreCase = ofText((wanted) => (text) => text.toLowerCase() === wanted.toLowerCase());

/** The filter also takes `{ "equals-ignore-case": … }` for an argument. */
const orIgnoringCase = (isPart: (text: string, part: string) => boolean): Filter => {
  const exact = ofText((part) => (text) => isPart(text, part));
  const ignoring = ofText((part) => (text) => isPart(text.toLowerCase(), part.toLowerCase()));
  return (argument) =>
    isObject(argument) && Object.keys(argument).join() === 'equals-ignore-case'
      ? ignoring(argument['equals-ignore-case'])
      : exact(argument);
};

const prefix = orIgnoringCase((text, part) => text.startsWith(part));
const suffix = orIgnoringCase((text, part) => text.endsWith(part));

/** `*` stands for any characters; `\*` and `\\` for themselves. */
const wildcard = ofText((pattern) => {
  if (/\\(?![*\\])|(?<!\\)\*\*/.test(pattern.replaceAll('\\\\', ''))) return undefined;
  const parts = pattern.split(/(\\.|\*)/s).map((part) => {
    if (part === '*') return '.*';
    return (/^\\./s.test(part) ? part.slice(1) : part).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  const whole = new RegExp(`^${parts.join('')}$`, 's');
  return (text) => whole.test(text);
});

const cidr = ofText((range) => {
  const [, address = '', bits] = /^([\d.a-f:]+)\/(\d{1,3})$/i.exec(range) ?? [];
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  try {
    list.addSubnet(address, Number(bits), family);
  } catch {
    return undefined;
  }
  return (text) => isIP(text) !== 0 && list.check(text, isIP(text) === 6 ? 'ipv6' : 'ipv4');
});

const COMPARE: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** One comparison, or a lower bound and then a higher upper one. */
const numeric: Filter = (argument) => {
  if (!Array.isArray(argument)) return undefined;
  const signs = argument.filter((_, n) => n % 2 === 0).join(' ');
  const bounds = argument.filter((_, n) => n % 2 === 1);
  const [low, high = Number.POSITIVE_INFINITY] = bounds;
  if (bounds.length * 2 !== argument.length || !bounds.every(isNumber)) return undefined;
  if (!/^(?:[<>]=?|=|>=? <=?)$/.test(signs) || low >= high) return undefined;
  return (value) =>
    isNumber(value) && signs.split(' ').every((sign, n) => COMPARE[sign]?.(value, bounds[n] ?? 0));
};

/** The filters of which there may be anything but what they match. */
const REFUSING: Readonly<Record<string, Filter>> = {
  prefix,
  suffix,
  wildcard,
  'equals-ignore-case': equalsIgnoreCase,
};

const none = (matchers: readonly (MatchesValue | undefined)[]): MatchesValue | undefined =>
  matchers.length === 0 || matchers.includes(undefined)
    ? undefined
    : (value) => !matchers.some((matches) => matches?.(value));

const listOf = (argument: unknown): readonly unknown[] => (Array.isArray(argument) ? argument : [argument]);

const anythingBut: Filter = (argument) => {
  if (isObject(argument)) {
    const [[name, refused] = ['', undefined], ...others] = Object.entries(argument);
    const filter = Object.hasOwn(REFUSING, name) ? REFUSING[name] : undefined;
    // AWS refuses an empty text here, though not in the filters themselves.
    const isEmpty = listOf(refused).includes('');
    if (filter === undefined || others.length > 0 || isEmpty) return undefined;
    return none(listOf(refused).map(filter));
  }
  const refused = listOf(argument);
  if (!refused.every(isText) && !refused.every(isNumber)) return undefined;
  return none(refused.map((one) => (value) => value === one));
};

/** All filters but `exists`, which is not about a value. */
export const FILTERS: Readonly<Record<string, Filter>> = {
  ...REFUSING,
  cidr,
  numeric,
  'anything-but': anythingBut,
};
