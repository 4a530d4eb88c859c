import { allKernels, type Backend, symbols } from '@wtilde/core-types';
import { all, type Case } from '../plan/case.js';
import { tableOf } from './markdown.js';

/** What is planned for one backend. */
export interface PlannedBackend {
  readonly backend: Pick<Backend, 'id' | 'precision' | 'mode'>;
  readonly cases: readonly Case[];
}

/** Kernel x backend x method as a Markdown table: the methods of each, or why there are none. */
export function supportTable(planned: readonly PlannedBackend[]): string {
  const header = [
    '#',
    'kernel',
    'upstream',
    ...planned.map(({ backend: { id, precision, mode } }) => `${id} (${precision}, ${mode})`),
  ];
  const rows = allKernels().map(({ number, name, upstream }) => [
    String(number),
    `\`${name}\``,
    `\`${upstream}\``,
    ...planned.map(({ cases }) => cell(cases.filter(({ kernel }) => kernel === name))),
  ]);
  return tableOf(header, rows);
}

function cell(cases: readonly Case[]): string {
  const whole = cases.find(({ method }) => method === all);
  if (whole !== undefined) return `- (${whole.reason})`;
  const methods = [...new Set(cases.map(({ method }) => method))];
  return methods
    .map((method) =>
      describeMethod(
        method,
        cases.filter((planned) => planned.method === method),
      ),
    )
    .join(', ');
}

function describeMethod(method: string, cases: readonly Case[]): string {
  const failing = cases.filter(({ expected }) => expected === 'known-failure');
  const refused = cases.filter(({ expected }) => expected === 'refused');
  const remarks = [
    ...(failing.length === 0 ? [] : [`known failure: ${reasons(failing)}`]),
    ...(refused.length === 0 ? [] : [`refuses where ${reasons(refused)}`]),
  ];
  return remarks.length === 0 ? method : `${method} (${remarks.join('; ')})`;
}

function reasons(cases: readonly Case[]): string {
  return [...new Set(cases.map(({ reason }) => reason))].join('; ');
}

/** The letters of shapes as a Markdown table. */
export function symbolTable(): string {
  const rows = Object.entries(symbols).map(([symbol, { doc, least }]) => [symbol, doc, String(least)]);
  return tableOf(['symbol', 'number of', 'at least'], rows);
}
