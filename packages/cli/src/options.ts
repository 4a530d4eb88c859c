/** Values of options, read strictly: what is not meant is an error, never a guess. */
import { WtildeError } from '@wtilde/core-types';

/** A whole number from 1. */
export function count(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= 1) return value;
    throw invalid(option, 'a whole number from 1', text);
  };
}

/** A relative error. */
export function tolerance(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value < 1) return value;
  throw invalid('--tolerance', 'a number between 0 and 1', text);
}

/** Collects an option that may be given several times. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function invalid(where: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the value makes no sense',
    where,
    expected,
    actual: actual === '' ? 'nothing' : actual,
    remedy: 'correct it or leave the option out',
  });
}
