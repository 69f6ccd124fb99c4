/** The contrast of two colors (WCAG 2.2, "contrast ratio"), and colors that have enough of it. */

/** Red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number];

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

const rgbOf = (color: string): Rgb => {
  const [, red = '', green = '', blue = ''] = HEX.exec(color) ?? [];
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
};

const hexOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Red, green and blue, each 0 to 1. */
export type ColorShares = readonly [number, number, number];

const sharesOf = (color: string): ColorShares => {
  const [red, green, blue] = rgbOf(color);
  return [red / 255, green / 255, blue / 255];
};

const linear = (share: number): number =>
  share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;

const luminance = ([red, green, blue]: ColorShares): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** From 1 to 21. */
export const contrastOfShares = (one: ColorShares, other: ColorShares): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

/** From 1 to 21. Colors are `#rrggbb`. */
export const contrast = (one: string, other: string): number =>
  contrastOfShares(sharesOf(one), sharesOf(other));

export const isColor = (text: string): boolean => HEX.test(text);

/** The color with this share, 0 to 1, of another one in it. */
export const mixed = (color: string, share: number, other: string): string => {
  const [from, to] = [rgbOf(color), rgbOf(other)];
  return hexOf(from.map((part, index) => part + ((to[index] ?? 0) - part) * share) as unknown as Rgb);
};

const STEPS = 255;

/**
 * The color, with as little black or white in it as it needs to have this contrast to all the backgrounds. Returns undefined if no
 * share of them is enough.
 */
export const nearestWithContrast = (
  color: string,
  backgrounds: readonly string[],
  least: number,
): string | undefined => {
  for (let step = 0; step <= STEPS; step += 1) {
    const found = ['#000000', '#ffffff']
      .map((other) => mixed(color, step / STEPS, other))
      .find((one) => backgrounds.every((background) => contrast(one, background) >= least));
    if (found !== undefined) return found;
  }
  return undefined;
};
