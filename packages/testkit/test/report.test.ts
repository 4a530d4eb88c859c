import { createReferenceBackend } from '@wtilde/backend-reference';
import { allKernels } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import {
  accuracyDifferences,
  accuracyTable,
  defaultDatasets,
  type Measurement,
  plan,
  supportTable,
} from '../src/index.js';

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

describe('accuracyDifferences', () => {
  const recorded = `# Title\n\n${accuracyTable([measured(0.003)])}\n`;

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
    const table = supportTable([
      { backend, cases },
      { backend: { id: 'none', precision: 'float32', mode: 'sync' }, cases: none },
    ]).split('\n');
    expect(table[0]).toBe('| # | kernel | upstream | reference (float64, sync) | none (float32, sync) |');
    expect(table[2]).toBe('| 1 | `mask2dCentresFrom` | `mask_2d_centres_from` | direct | - (not implemented) |');
    expect(table.find((row) => row.includes('`evidenceTermsFrom`'))).toContain('| direct | - (needs float64) |');
    expect(table).toHaveLength(2 + allKernels().length);
  });
});
