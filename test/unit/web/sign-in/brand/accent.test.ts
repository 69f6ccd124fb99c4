import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast } from '../../../../../shared/mail/check/contrast.ts';
import { accentProperties } from '../../../../../web/sign-in/brand/accent.ts';

const STYLE = readFileSync(new URL('../../../../../web/style/base.css', import.meta.url), 'utf8');

/** A color of the style sheet, in light and in dark mode. */
const inStyle = (name: string): readonly string[] =>
  new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(STYLE)?.slice(1) ?? [];

const colors = (value = ''): readonly string[] => value.match(/#[0-9a-f]{6}/g) ?? [];

const anyColor = fc
  .integer({ min: 0, max: 0xffffff })
  .map((number) => `#${number.toString(16).padStart(6, '0')}`);

const expectReadable = (one = '', other = '') => expect(contrast(one, other)).toBeGreaterThanOrEqual(4.5);

test('whatever color a company has, its links and its button can be read in light and in dark mode', () => {
  fc.assert(
    fc.property(anyColor, (color) => {
      const properties = accentProperties(color);
      const links = colors(properties['--accent']);
      const tints = colors(properties['--tint']);
      for (const mode of [0, 1]) {
        for (const ground of ['page', 'surface', 'sunken'])
          expectReadable(links[mode], inStyle(ground)[mode]);
        expectReadable(inStyle('text')[mode], tints[mode]);
      }
      expectReadable('#ffffff', properties['--solid']);
      expectReadable('#ffffff', properties['--solid-over']);
    }),
  );
});

test('a color that can be read stays as it is', () => {
  const { '--accent': link, '--solid': solid } = accentProperties('#0b7a75');

  expect(solid).toBe('#0b7a75');
  expect(colors(link)[0]).toBe('#0b7a75');
});
