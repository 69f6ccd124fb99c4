/** Colours as a document's computed styles have them, and their contrast. */

/** Red, green and blue, each 0 to 1. */
export type Colour = readonly [number, number, number];

/** Returns undefined for a colour that is not opaque. */
export const readColour = (computed: string): Colour | undefined => {
  const [r = 0, g = 0, b = 0, alpha = 1] = computed.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
  return alpha === 1 ? [r / 255, g / 255, b / 255] : undefined;
};

const linear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;

const luminance = ([r, g, b]: Colour): number => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

/** 1 to 21 (WCAG 2.2, "contrast ratio"). */
export const contrastBetween = (one: Colour, other: Colour): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

/** The colour with light for dark and the same hue, as Gmail's apps show it in dark mode: HSL with 1 − L. */
export const invertColour = (colour: Colour): Colour => {
  const shift = 1 - Math.max(...colour) - Math.min(...colour);
  const [r, g, b] = colour;
  return [r + shift, g + shift, b + shift];
};
