import { allKernels, type Backend, symbols } from '@wtilde/core-types';
import { all, type Case } from '../plan/case.js';
import { type Footnotes, footnotes, tableOf } from './markdown.js';

/** What is planned for one backend. */
export interface PlannedBackend {
  readonly backend: Pick<Backend, 'id' | 'precision' | 'mode'>;
  readonly cases: readonly Case[];
}

/** What each backend is and how many kernels it has, as a Markdown table. */
export function supportSummary(planned: readonly PlannedBackend[]): string {
  const rows = planned.map(({ backend: { id, precision, mode }, cases }) => {
    const absent = cases.filter(({ method }) => method === all);
    const reasons = [...new Set(absent.map(({ reason }) => reason))];
    const without = reasons.map((why) => `${why}: ${absent.filter(({ reason }) => reason === why).length}`);
    const kernels = allKernels().length;
    return [id, precision, mode, `${kernels - absent.length} of ${kernels}`, without.join(', ')];
  });
  return tableOf(['backend', 'precision', 'calls', 'kernels', 'without'], rows);
}

/**
 * Kernel x backend x method as a Markdown table: the methods of each in the order in which they are preferred, or why
 * there are none. What holds for many cells is a mark in them and a line below.
 */
export function supportTable(planned: readonly PlannedBackend[]): string {
  const notes = footnotes();
  const rows = allKernels().map(({ number, name }) => [
    String(number),
    `\`${name}\``,
    ...planned.map(({ cases }) =>
      cell(
        cases.filter(({ kernel }) => kernel === name),
        notes,
      ),
    ),
  ]);
  const table = tableOf(['#', 'kernel', ...planned.map(({ backend }) => backend.id)], rows);
  return `${table}\n\n${notes.list()}`;
}

/** The names of kernels and those of python-autojax as a Markdown table. */
export function namesTable(): string {
  const rows = allKernels().map(({ number, name, upstream }) => [String(number), `\`${name}\``, `\`${upstream}\``]);
  return tableOf(['#', 'kernel', 'in python-autojax and in files'], rows);
}

function cell(cases: readonly Case[], notes: Footnotes): string {
  const whole = cases.find(({ method }) => method === all);
  if (whole !== undefined) return `–${notes.mark(whole.reason)}`;
  const methods = [...new Set(cases.map(({ method }) => method))];
  return methods
    .map((method) => {
      const own = cases.filter((planned) => planned.method === method);
      const failing = own.filter(({ expected }) => expected === 'known-failure');
      const refused = own.filter(({ expected }) => expected === 'refused');
      const remarks = [
        ...reasons(failing).map((reason) => `known failure: ${reason}`),
        ...reasons(refused).map((reason) => `refuses where ${reason}`),
      ];
      return `${method}${remarks.map((remark) => notes.mark(remark)).join(' ')}`;
    })
    .join(', ');
}

function reasons(cases: readonly Case[]): readonly string[] {
  return [...new Set(cases.map(({ reason }) => reason))];
}

/** The letters of shapes as a Markdown table. */
export function symbolTable(): string {
  const rows = Object.entries(symbols).map(([symbol, { doc, least }]) => [symbol, doc, String(least)]);
  return tableOf(['symbol', 'number of', 'at least'], rows);
}
