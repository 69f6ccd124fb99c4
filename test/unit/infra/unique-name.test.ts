import { Aws, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricsEnvironment, outputPrefix, uniqueName } from '../../../infra/unique-name.ts';
import { anApp } from '../../support/infra/templates.ts';

/** A part of a construct at this path of ids, the last of which is the part's own. */
const inside = (stackName: string, ...ids: readonly string[]): Construct =>
  ids.reduce<Construct>((scope, id) => new Construct(scope, id), new Stack(anApp(), 'Stack', { stackName }));

const namespace = (stackName: string, ...ids: readonly string[]): string =>
  metricsEnvironment(inside(stackName, ...ids)).metricsNamespace;

describe('the namespace of the metrics', () => {
  it('is the stack’s name where the second factor is all that the stack has', () => {
    expect(namespace('Otp', 'Default', 'DeliverCode')).toBe('Otp');
    expect(namespace('Otp', 'DeliverCode')).toBe('Otp');
  });

  it('differs between two constructs of one stack', () => {
    expect(namespace('Otp', 'Staff', 'DeliverCode')).toBe('Otp-Staff');
    expect(namespace('Otp', 'Shop', 'Customers', 'DeliverCode')).toBe('Otp-Shop-Customers');
  });

  it('is the same for all parts of one', () => {
    expect(namespace('Otp', 'Staff', 'SweepChallenges')).toBe(namespace('Otp', 'Staff', 'DeliverCode'));
  });
});

describe('a unique name', () => {
  it('follows the name that the deployment gives the stack, where nobody knows it before', () => {
    const stack = new Stack(anApp(), 'Template');
    Object.defineProperty(stack, 'stackName', { value: Aws.STACK_NAME });

    const [own, inner] = [new Construct(stack, 'Part'), new Construct(new Construct(stack, 'Staff'), 'Part')];

    expect(stack.resolve(uniqueName(own, '-bounces'))).toEqual({
      'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '_otp-bounces']],
    });
    expect(stack.resolve(uniqueName(inner))).toEqual({
      'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '_otp-Staff']],
    });
  });

  it('stays readable where it needs a hash', () => {
    expect(uniqueName(inside('Shop-A', 'Email OTP, Zürich', 'Part'), '-bounces')).toMatch(
      /^Shop-A-Email-OTP-Z-rich_[0-9a-f]{10}-bounces$/,
    );
  });

  it('is known before the deployment in a nested stack, too', () => {
    const nested = new NestedStack(new Stack(anApp(), 'Shop'), 'Nested');

    expect(uniqueName(new Construct(new Construct(nested, 'Otp'), 'Part'))).toBe('Shop-Nested-Otp');
  });

  it('differs between two stages', () => {
    const app = anApp();
    const names = ['Test', 'Live'].map((stage) =>
      uniqueName(new Construct(new Construct(new Stack(new Stage(app, stage), 'Shop'), 'Otp'), 'Part')),
    );

    expect(new Set(names).size).toBe(2);
  });
});

describe('the outputs’ prefix', () => {
  const prefix = (...ids: readonly string[]) => outputPrefix(inside('Shop', ...ids));

  it('is the construct’s id, or nothing where it is all that the stack has', () => {
    expect(prefix('EmailOtp')).toBe('EmailOtp');
    expect(prefix('EmailOtp', 'Default')).toBe('EmailOtp');
    expect(prefix('Default')).toBe('');
  });

  it('stays readable where it needs a hash', () => {
    expect(prefix('Auth', 'EmailOtp')).toMatch(/^AuthEmailOtp[0-9a-f]{10}$/);
    expect(prefix('2. Email OTP, Zürich')).toMatch(/^EmailOTPZrich[0-9a-f]{10}$/);
    expect(prefix('Ü')).toMatch(/^Otp[0-9a-f]{10}$/);
  });

  it('is the same in a nested stack as in one of its own', () => {
    const nested = new NestedStack(new Stack(anApp(), 'Shop'), 'Nested');

    expect(outputPrefix(new Construct(nested, 'EmailOtp'))).toBe('EmailOtp');
  });
});

const SUFFIXES = ['', '-bounces', '-dead-letters', '-archive-dead-letters', '-slow-verify-auth-challenge'];

/** Ids that people and programs give, and those that come close to each other or to a suffix. */
const anId = fc.oneof(
  fc.constantFrom(
    'A',
    'B',
    'A-B',
    'archive',
    'archive-dead',
    'My.Otp',
    'Email OTP',
    'Zürich',
    'x'.repeat(200),
  ),
  fc
    .string({ minLength: 1, unit: 'binary' })
    .filter((id) => !id.includes('/') && id !== 'Default' && !(id in {})),
);
const aStackName = fc.oneof(
  fc.constantFrom('Shop', 'Shop-A', 'shop'),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,127}$/),
);
const aPlace = fc.tuple(aStackName, fc.array(anId, { maxLength: 3 }));

describe('for whatever stacks and ids', () => {
  it('a name is valid wherever it is used, and has at most 64 characters', () => {
    fc.assert(
      fc.property(aPlace, fc.constantFrom(...SUFFIXES), ([stackName, ids], suffix) => {
        // These are allowed in alarms, dashboards, log groups and namespaces.
        expect(uniqueName(inside(stackName, ...ids, 'Part'), suffix)).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      }),
    );
  });

  it('two prefixes of outputs are the same only for the same place, and each begins a logical id', () => {
    const ids = fc.array(anId, { maxLength: 3 });
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        const [a, b] = [one, other].map((path) => outputPrefix(inside('Shop', ...path, 'Default')));
        expect(a === b).toBe(JSON.stringify(one) === JSON.stringify(other));
        expect(`${a}TableName`).toMatch(/^[A-Za-z][A-Za-z0-9]{1,254}$/);
      }),
      {
        examples: [
          [['A', 'B'], ['AB']],
          [
            ['A', 'BC'],
            ['AB', 'C'],
          ],
          [['My.Otp'], ['MyOtp']],
          [['x'.repeat(200)], ['x'.repeat(201)]],
        ],
      },
    );
  });

  it('two names are the same only for the same place and suffix', () => {
    fc.assert(
      fc.property(
        fc.tuple(aPlace, fc.constantFrom(...SUFFIXES)),
        fc.tuple(aPlace, fc.constantFrom(...SUFFIXES)),
        (one, other) => {
          const [a, b] = [one, other].map(([[stackName, ids], suffix]) =>
            uniqueName(inside(stackName, ...ids, 'Part'), suffix),
          );
          expect(a === b).toBe(JSON.stringify(one) === JSON.stringify(other));
        },
      ),
      {
        examples: [
          [
            [['Shop-A', ['B']], ''],
            [['Shop', ['A-B']], ''],
          ],
          [
            [['Shop-A', []], ''],
            [['Shop', ['A']], ''],
          ],
          [
            [['Shop', ['archive']], '-dead-letters'],
            [['Shop', []], '-archive-dead-letters'],
          ],
          [
            [['Shop', ['A', 'B']], ''],
            [['Shop', ['A-B']], ''],
          ],
          [
            [['Shop', ['My.Otp']], ''],
            [['Shop', ['My Otp']], ''],
          ],
        ],
      },
    );
  });
});
