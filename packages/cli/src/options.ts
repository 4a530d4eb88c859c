/** Values of options, read strictly: what is not meant is an error, never a guess. */
import { WtildeError } from '@wtilde/core-types';
import type { Command } from 'commander';

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

/** Refuses options with a value that are given twice, unless they are collected: the last would win without a word. */
export function refuseTwice(command: Command): void {
  const given = new Map<string, string>();
  for (const option of command.options.filter(({ required, parseArg }) => required && parseArg !== collect)) {
    command.on(`option:${option.name()}`, (text: string) => {
      const before = given.get(option.name());
      given.set(option.name(), text);
      if (before !== undefined) throw twice(`--${option.name()}`, before, text);
    });
  }
}

function twice(where: string, first: string, second: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the option is given twice',
    where,
    expected: 'one value',
    actual: `${first} and ${second}`,
    remedy: 'leave one out',
  });
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
