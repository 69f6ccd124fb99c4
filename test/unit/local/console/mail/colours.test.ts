import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invertColour, readColour } from '../../../../../local/console/mail/colours.ts';
import { type ColorShares, contrastOfShares } from '../../../../../shared/mail/check/contrast.ts';

const BLACK: ColorShares = [0, 0, 0];
const WHITE: ColorShares = [1, 1, 1];
const channel = fc.double({ min: 0, max: 1, noNaN: true });
const colours = fc.tuple(channel, channel, channel);

describe('a computed colour', () => {
  test.each<readonly [string, ColorShares | undefined]>([
    ['rgb(255, 0, 51)', [1, 0, 0.2]],
    ['rgba(255, 255, 255, 1)', WHITE],
    ['rgba(0, 0, 0, 0)', undefined],
    ['rgba(0, 0, 0, 0.5)', undefined],
    ['transparent', undefined],
  ])('%s is read', (computed, colour) => {
    expect(readColour(computed)).toEqual(colour);
  });
});

describe('the contrast', () => {
  test.each<readonly [string, ColorShares, ColorShares, number]>([
    ['black and white', BLACK, WHITE, 21],
    ['a colour and itself', [0.5, 0.2, 0.1], [0.5, 0.2, 0.1], 1],
    // The examples of WCAG's own explanation: #767676 is the palest grey that passes on white.
    ['#767676 and white', [118 / 255, 118 / 255, 118 / 255], WHITE, 4.54],
  ])('between %s is known', (_, one, other, contrast) => {
    expect(contrastOfShares(one, other)).toBeCloseTo(contrast, 2);
  });

  test('is the same both ways, and between 1 and 21', () => {
    fc.assert(
      fc.property(colours, colours, (one, other) => {
        const contrast = contrastOfShares(one, other);
        expect(contrast).toBe(contrastOfShares(other, one));
        expect(contrast).toBeGreaterThanOrEqual(1);
        expect(contrast).toBeLessThanOrEqual(21);
      }),
    );
  });
});

describe('inverting', () => {
  test('makes white of black, and keeps a hue', () => {
    expect(invertColour(BLACK)).toEqual(WHITE);
    const [r = 0, g = 0, b = 0] = invertColour([0.2, 0, 0]);
    expect([r, g, b]).toEqual([1, expect.closeTo(0.8), expect.closeTo(0.8)]);
  });

  test('twice changes nothing, and stays within what a screen shows', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const inverted = invertColour(colour);
        expect(invertColour(inverted)).toEqual(colour.map((value) => expect.closeTo(value, 6)));
        for (const value of inverted) expect(value).toBeGreaterThanOrEqual(-1e-9);
        for (const value of inverted) expect(value).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});
