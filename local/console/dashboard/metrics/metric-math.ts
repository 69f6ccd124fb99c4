/** Reads and evaluates the metric math of the dashboard and the alarms: + - * / and brackets over numbers and ids, and FILL. */

type Operator = '+' | '-' | '*' | '/';

export type MathExpression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'negative'; readonly of: MathExpression }
  | { readonly kind: 'fill'; readonly of: MathExpression; readonly value: MathExpression }
  /** `FILL(id, REPEAT)`: the value of now, or else the last one before. */
  | { readonly kind: 'repeat'; readonly id: string }
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: MathExpression;
      readonly right: MathExpression;
    };

const TOKEN = /\s*(\d+(?:\.\d+)?|[A-Za-z]\w*|[-+*/(),])\s*/y;

const tokensOf = (text: string): readonly string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new Error(`"${text}" cannot be read from "${text.slice(at)}" on`);
    tokens.push(token);
  }
  return tokens;
};

const fillWith = (of: MathExpression, value: MathExpression): MathExpression => ({ kind: 'fill', of, value });

/** Parses an expression; operators of one rank are left-associative. Throws if the text is not an expression. */
export const parseMath = (text: string): MathExpression => {
  const tokens = tokensOf(text);
  let at = 0;
  const take = (): string => tokens[at++] ?? '';
  const expect = (token: string): void => {
    const found = take();
    if (found !== token) throw new Error(`"${text}" has "${found}" instead of "${token}"`);
  };
  const operations = (
    operators: readonly string[],
    operand: () => MathExpression,
  ): (() => MathExpression) => {
    return () => {
      let left = operand();
      while (operators.includes(tokens[at] ?? '')) {
        const operator = take() as Operator;
        left = { kind: 'operation', operator, left, right: operand() };
      }
      return left;
    };
  };
  const fill = (): MathExpression => {
    expect('(');
    const of = sum();
    expect(',');
    const repeats = of.kind === 'id' && tokens[at] === 'REPEAT';
    if (repeats) at += 1;
    const filled = repeats ? ({ kind: 'repeat', id: of.id } as const) : fillWith(of, sum());
    expect(')');
    return filled;
  };
  const operand = (): MathExpression => {
    const token = take();
    if (token === '-') return { kind: 'negative', of: operand() };
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (token === 'FILL') return fill();
    // An id begins with a small letter, a function's name with a capital one.
    if (/^[a-z]/.test(token)) return { kind: 'id', id: token };
    if (token !== '(') throw new Error(`"${text}" has "${token}" where a value should be`);
    const inner = sum();
    expect(')');
    return inner;
  };
  const product = operations(['*', '/'], operand);
  const sum = operations(['+', '-'], product);
  const whole = sum();
  expect('');
  return whole;
};

/** Returns the ids that the expression uses. */
export const idsIn = (expression: MathExpression): readonly string[] => {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'id':
    case 'repeat':
      return [expression.id];
    case 'negative':
      return idsIn(expression.of);
    case 'fill':
      return [...idsIn(expression.of), ...idsIn(expression.value)];
    case 'operation':
      return [...idsIn(expression.left), ...idsIn(expression.right)];
  }
};

const calculate = (operator: Operator, left: number, right: number): number => {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
};

/** Returns the value of an id at one point in time, or the last one until then. */
type ValueOf = (id: string, when: 'now' | 'last') => number | undefined;

/**
 * Evaluates an expression at one point in time. The result is undefined if a value is missing and not filled, or after a
 * division by zero.
 */
export const evaluateMath = (expression: MathExpression, measured: ValueOf): number | undefined => {
  const value = (of: MathExpression) => evaluateMath(of, measured);
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'id':
      return measured(expression.id, 'now');
    case 'repeat':
      return measured(expression.id, 'last');
    case 'negative': {
      const of = value(expression.of);
      return of === undefined ? undefined : -of;
    }
    case 'fill':
      return value(expression.of) ?? value(expression.value);
    case 'operation': {
      const [left, right] = [value(expression.left), value(expression.right)];
      if (left === undefined || right === undefined) return undefined;
      const result = calculate(expression.operator, left, right);
      return Number.isFinite(result) ? result : undefined;
    }
  }
};
