/** Values of options, read strictly: what is not meant is an error, never a guess. */
import { remedyByName, WtildeError } from '@wtilde/core-types';
import type { Parse } from './declare.js';

/** A whole number from 1. */
export function count(text: string, option: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= 1) return value;
  throw invalid(option, 'a whole number from 1', text);
}

/** A relative error. */
export function fraction(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value < 1) return value;
  throw invalid(option, 'a number between 0 and 1', text);
}

/** A length or a standard deviation. */
export function positive(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw invalid(option, 'a number above 0', text, 'correct it');
}

/** A number from 0. */
export function notNegative(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw invalid(option, 'a number from 0', text, 'correct it');
}

/** A whole number from 0. */
export function seed(text: string, option: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw invalid(option, 'a whole number from 0', text, 'correct it');
}

/** A port of this machine. */
export function port(text: string, option: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 65535) return value;
  throw invalid(option, 'a port from 1 to 65535', text);
}

/** How far something is off, and where it is told, for how many seconds. */
export function spread(text: string, option: string): readonly [number, number | undefined] {
  const [size, seconds, ...more] = text.split(':');
  if (more.length > 0) throw invalid(option, 'a number, or with seconds SIZE:SECONDS', text, 'correct it');
  return [positive(size, option), seconds === undefined ? undefined : positive(seconds, option)];
}

/** A position (y, x). */
export function pair(text: string, option: string): readonly [number, number] {
  const [y, x, ...more] = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (more.length === 0 && Number.isFinite(y) && Number.isFinite(x)) return [y, x];
  throw invalid(option, 'two numbers y,x', text, 'correct it');
}

/** RA and Dec in degrees. */
export function skyPosition(text: string, option: string): readonly [ra: number, dec: number] {
  const [ra, dec] = pair(text, option);
  if (ra >= 0 && ra < 360 && Math.abs(dec) <= 90) return [ra, dec];
  throw invalid(option, 'RA from 0 to 360 and Dec from -90 to 90 degrees, as ra,dec', text, 'correct it');
}

/** Rows and columns of an image. */
export function shape(text: string, option: string): readonly [number, number] {
  const [, rows, columns = rows] = /^([1-9]\d{0,5})(?:x([1-9]\d{0,5}))?$/.exec(text) ?? [];
  if (rows !== undefined) return [Number(rows), Number(columns)];
  throw invalid(option, 'a number of pixels, or rows x columns like 80x100', text, 'correct it');
}

export function invalid(
  where: string,
  expected: string,
  actual: string,
  remedy = 'correct it or leave the option out',
): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the value makes no sense',
    where,
    expected,
    actual: actual === '' ? 'nothing' : actual,
    remedy,
  });
}

/** One of some words, which a shell offers. */
export function oneOf<T extends string>(...words: readonly T[]): Parse<T> {
  const parse = (text: string, option: string): T => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw invalid(option, words.join(' or '), text, remedyByName(text, words, 'use one of these'));
  };
  return Object.assign(parse, { words });
}

/** Two numbers from 0, a:b. */
export function range(text: string, option: string): readonly [number, number] {
  const [a, b, ...more] = text.split(':').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (more.length === 0 && a >= 0 && b > a && b < Number.POSITIVE_INFINITY) return [a, b];
  throw invalid(option, 'two numbers a:b from 0, the second larger', text, 'correct it');
}

/** Two whole numbers from 0, a:b. */
export function indexRange(text: string, option: string): readonly [number, number] {
  if (/^\d{1,9}:\d{1,9}$/.test(text)) return range(text, option);
  throw invalid(option, 'two whole numbers a:b from 0, the second larger', text, 'correct it');
}
