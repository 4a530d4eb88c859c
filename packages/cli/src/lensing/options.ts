import { WtildeError } from '@wtilde/core-types';
import type { Command } from 'commander';

/** The pixels that the sky is divided into, as they are asked for. */
export interface MaskOptions {
  readonly maskRadius?: number;
  readonly maskInnerRadius?: number;
  readonly maskCentre?: readonly [number, number];
  readonly mask?: string;
  readonly pixelScale?: number;
  readonly shape?: readonly [number, number];
}

/** Adds what {@link MaskOptions} holds to a command. */
export function withMaskOptions(command: Command): Command {
  return command
    .option('--mask-radius <arcsec>', 'a circular mask', arcsec('--mask-radius'))
    .option('--mask-inner-radius <arcsec>', 'makes it an annulus', arcsec('--mask-inner-radius'))
    .option('--mask-centre <y,x>', 'where its centre is, in arcsec (default: 0,0)', pair('--mask-centre'))
    .option('--mask <file.fits>', 'a mask from an image instead: not 0 is masked')
    .option('--pixel-scale <arcsec>', 'side of a pixel', arcsec('--pixel-scale'))
    .option('--shape <n>', 'pixels along each side of the image, or rows x columns: 100, 80x100', shape);
}

/** A length above 0. */
export function arcsec(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value > 0 && value < Number.POSITIVE_INFINITY) return value;
    throw invalid(option, 'a number above 0', text);
  };
}

/** A whole number from 0. */
export function seed(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw invalid('--seed', 'a whole number from 0', text);
}

/** What to do with unequal noise. */
export function rms(text: string): 'rms' {
  if (text === 'rms') return text;
  throw invalid('--noise', 'rms', text);
}

function pair(option: string): (text: string) => readonly [number, number] {
  return (text) => {
    const [y, x, ...more] = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (more.length === 0 && Number.isFinite(y) && Number.isFinite(x)) return [y, x];
    throw invalid(option, 'two numbers y,x', text);
  };
}

function shape(text: string): readonly [number, number] {
  const [, rows, columns = rows] = /^([1-9]\d{0,5})(?:x([1-9]\d{0,5}))?$/.exec(text) ?? [];
  if (rows !== undefined) return [Number(rows), Number(columns)];
  throw invalid('--shape', 'a number of pixels, or rows x columns like 80x100', text);
}

/** An option that a command cannot do without. */
export function required<T>(value: T | undefined, option: string, example: string): T {
  if (value !== undefined) return value;
  throw new WtildeError('MissingArgument', {
    what: 'the option is missing',
    where: option,
    remedy: `add for example ${example}`,
  });
}

function invalid(where: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the value makes no sense',
    where,
    expected,
    actual: actual === '' ? 'nothing' : actual,
    remedy: 'correct it',
  });
}
