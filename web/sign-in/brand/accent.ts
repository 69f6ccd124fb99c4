/** Makes of a company's color one that can be read on the page, in light and in dark mode. */
import { contrast, mixed } from '../../../shared/mail/check/contrast.ts';

/** For text (WCAG 2.2, 1.4.3). */
const READABLE = 4.5;
const STEPS = 50;

/** The color itself, or the nearest on its way to `towards`, which can be read on all of `grounds`. */
const readable = (color: string, towards: string, grounds: readonly string[]): string => {
  for (let step = 0; step < STEPS; step++) {
    const shade = mixed(color, step / STEPS, towards);
    if (grounds.every((ground) => contrast(shade, ground) >= READABLE)) return shade;
  }
  return towards;
};

const [WHITE, BLACK] = ['#ffffff', '#000000'];
/** The backgrounds that links stand on, as in `style/base.css`: surface, page and sunken. */
const LIGHT_GROUNDS = [WHITE, '#f4f5f8', '#f1f3f7'];
const DARK_GROUNDS = ['#1a1d24', '#111318', '#14161c'];

const lightDark = (light: string, dark: string): string => `light-dark(${light}, ${dark})`;

/** The custom properties of the style sheet that depend on the company's color, `#rrggbb`. */
export const accentProperties = (color: string): Readonly<Record<string, string>> => {
  // White text stands on it.
  const solid = readable(color, BLACK, [WHITE]);
  return {
    '--accent': lightDark(readable(color, BLACK, LIGHT_GROUNDS), readable(color, WHITE, DARK_GROUNDS)),
    '--solid': solid,
    '--solid-over': mixed(solid, 0.18, BLACK),
    '--tint': lightDark(mixed(WHITE, 0.08, color), mixed('#1a1d24', 0.16, color)),
  };
};
