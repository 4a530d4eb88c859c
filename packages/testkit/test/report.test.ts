import { createReferenceBackend } from '@wtilde/backend-reference';
import { allKernels } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import {
  accuracyDifferences,
  accuracySummary,
  accuracyTable,
  type Case,
  defaultDatasets,
  type Measurement,
  plan,
  supportSummary,
  supportTable,
} from '../src/index.js';

const kernelNames = allKernels().map(({ name }) => name);

const measured = (error: number, change: Partial<Measurement> = {}): Measurement => ({
  backend: 'loops',
  precision: 'float64',
  kernel: 'chiSquared0From',
  method: 'blocks',
  dataset: 'tiny',
  error,
  allowed: 1,
  ...change,
});

describe('accuracyTable', () => {
  it('shows the worst of each method up to the next power of ten', () => {
    const table = accuracyTable([measured(0.003), measured(0.02, { dataset: 'sma-like' }), measured(1e-9)]);
    expect(table.split('\n').at(-1)).toBe('| `chiSquared0From` | scalar | loops | blocks | < 1e-1 | sma-like |');
  });

  it('does not show errors that differ between machines', () => {
    expect(
      accuracyTable([measured(3e-7)])
        .split('\n')
        .at(-1),
    ).toBe('| `chiSquared0From` | scalar | loops | blocks | < 1e-4 |  |');
    expect(accuracyTable([measured(0, { kernel: 'wTildeViaCompactFrom', allowed: 0 })])).toContain('| exact |');
  });
});

describe('accuracySummary', () => {
  it('shows the worst method of each backend', () => {
    const summary = accuracySummary([
      measured(0.003),
      measured(0.2, { method: 'other' }),
      measured(1e-9, { backend: 'wasm' }),
      measured(0, { kernel: 'wTildeViaCompactFrom', allowed: 0, backend: 'wasm' }),
    ]);
    expect(summary.split('\n')).toEqual([
      '| kernel | class | loops | wasm |',
      '|---|---|---|---|',
      '| `wTildeViaCompactFrom` | exact |  | exact |',
      '| `chiSquared0From` | scalar | < 1e0 | < 1e-4 |',
    ]);
  });
});

describe('accuracyDifferences', () => {
  // A page with the summary above: only the whole table is read.
  const tables = [accuracySummary, accuracyTable].map((table) => table([measured(0.003)]));
  const recorded = `# Title\n\n${tables.join('\n\n')}\n`;

  it('accepts what is as good or better', () => {
    expect(accuracyDifferences(recorded, [measured(0.009)])).toEqual([]);
    expect(accuracyDifferences(recorded, [measured(0.011)])).toEqual([]);
    expect(accuracyDifferences(recorded, [measured(0)])).toEqual([]);
  });

  it('names what is worse by an order of magnitude', () => {
    expect(accuracyDifferences(recorded, [measured(0.03)])).toEqual([
      '`chiSquared0From` loops blocks was < 1e-2 and is 3.0e-2',
    ]);
  });

  it('names what is missing and what is gone', () => {
    expect(accuracyDifferences(recorded, [measured(0.003, { method: 'fast' })])).toEqual([
      '`chiSquared0From` loops fast is not recorded',
      '`chiSquared0From` loops blocks is recorded and not measured',
    ]);
  });
});

describe('supportTable', () => {
  it('lists the methods of each kernel, or why there are none', () => {
    const backend = createReferenceBackend();
    const cases = plan(allKernels(), backend, defaultDatasets(), { reference: backend });
    const none = plan(allKernels(), { ...backend, id: 'none', precision: 'float32', kernels: {} }, [], {
      reference: backend,
    });
    const planned = [
      { backend, cases },
      { backend: { id: 'none', precision: 'float32', mode: 'sync' }, cases: none },
    ] as const;
    const table = supportTable(planned).split('\n');
    expect(table[0]).toBe('| # | kernel | reference | none |');
    expect(table[2]).toBe('| 1 | `mask2dCentresFrom` | direct | –¹ |');
    expect(table.find((row) => row.includes('`evidenceTermsFrom`'))).toContain('| direct | –² |');
    expect(table.slice(2 + allKernels().length)).toEqual(['', '¹ not implemented  ', '² needs float64']);
    const kernels = allKernels();
    const exact = kernels.filter(({ minimumPrecision }) => minimumPrecision === 'float64').length;
    expect(supportSummary(planned).split('\n').slice(2)).toEqual([
      `| reference | float64 | sync | ${kernels.length} of ${kernels.length} |  |`,
      `| none | float32 | sync | 0 of ${kernels.length} | not implemented: ${kernels.length - exact}, needs float64: ${exact} |`,
    ]);
  });

  it('says once what methods refuse', () => {
    const cases: readonly Case[] = ['fast', 'slow'].flatMap((method) =>
      kernelNames.map((kernel) => ({
        kernel,
        method,
        dataset: 'tiny',
        expected: method === 'fast' ? 'refused' : 'run',
        reason: method === 'fast' ? 'the grid is odd' : '',
      })),
    );
    const table = supportTable([{ backend: { id: 'any', precision: 'float64', mode: 'sync' }, cases }]);
    expect(table).toContain('| 1 | `mask2dCentresFrom` | fast¹, slow |');
    expect(table.match(/the grid is odd/g)).toHaveLength(1);
  });
});
