import { interpolateInferno, interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';

/** A colour, each part from 0 to 255, of a number from 0 to 1. */
export type ColorMap = (part: number) => readonly [number, number, number];

/** Brightness: even to the eye, darker for less also in print and to the colour-blind. */
export const brightness: ColorMap = (part) => parsed(interpolateInferno(part));

/** Uncertainty: as even, and not taken for brightness. */
export const uncertainty: ColorMap = (part) => parsed(interpolateViridis(part));

/** Differences, white at 0.5: red and blue are told apart by the colour-blind. */
export const difference: ColorMap = (part) => parsed(interpolateRdBu(1 - part));

/** For lines and points: Okabe and Ito's, told apart by the colour-blind. */
export const palette = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#8a6d00',
  '#000000',
] as const;

/** The colour as CSS writes it. */
export function css([r, g, b]: readonly [number, number, number]): string {
  return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function parsed(color: string): readonly [number, number, number] {
  if (color.startsWith('#')) {
    return [
      Number.parseInt(color.slice(1, 3), 16),
      Number.parseInt(color.slice(3, 5), 16),
      Number.parseInt(color.slice(5, 7), 16),
    ];
  }
  const [r = 0, g = 0, b = 0] = color.match(/[\d.]+/g)?.map(Number) ?? [];
  return [r, g, b];
}
