/** Colours as a document's computed styles have them. */
import type { ColorShares } from '../../../shared/mail/check/contrast.ts';

/** Returns undefined for a colour that is not opaque. */
export const readColour = (computed: string): ColorShares | undefined => {
  const [r = 0, g = 0, b = 0, alpha = 1] = computed.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
  return alpha === 1 ? [r / 255, g / 255, b / 255] : undefined;
};

/** The colour with light for dark and the same hue, as Gmail's apps show it in dark mode: HSL with 1 − L. */
export const invertColour = (colour: ColorShares): ColorShares => {
  const shift = 1 - Math.max(...colour) - Math.min(...colour);
  const [r, g, b] = colour;
  return [r + shift, g + shift, b + shift];
};
