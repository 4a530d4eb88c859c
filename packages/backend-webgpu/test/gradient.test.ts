import { createReferenceBackend } from '@wtilde/backend-reference';
import { type KernelArgs, kernels } from '@wtilde/core-types';
import { createDispatcher } from '@wtilde/dispatch';
import { defaultDatasets } from '@wtilde/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebgpuBackend, type WebgpuBackend } from '../src/index.js';
import { oracle } from './everyKernel.js';
import { onDevice } from './onDevice.js';

const whole = kernels.evidenceDerivativesViaWCompactFrom;
const end = kernels.evidenceDerivativesByMappingViaWCompactFrom;
const reference = createReferenceBackend();
const datasets = defaultDatasets().filter(({ name }) => ['sma-like', 'many-sources', 'long-baselines'].includes(name));

/** The arguments by what the kernel calls them. */
function given(args: Readonly<Record<string, unknown>>): args is KernelArgs<typeof whole.name> {
  return Object.keys(whole.params).every((name) => args[name] !== undefined);
}

await onDevice(() => {
  let webgpu: WebgpuBackend;
  beforeAll(async () => {
    webgpu = await createWebgpuBackend();
  });
  afterAll(() => webgpu.dispose?.());

  describe.each(datasets)('an evidence with derivatives on $name', (dataset) => {
    it('has F and W T by the inverse from the GPU, the rest from float64, within its estimates', async () => {
      const args = oracle.argumentsOf(dataset, whole);
      if (!given(args)) throw new Error(`${dataset.name} does not feed ${whole.name}`);
      const truth = reference.kernels[whole.name](args);
      const d = createDispatcher({
        backends: [webgpu, reference],
        fallback: ['reference'],
        precision: { curvatureMatrix: 'float32', [end.name]: 'float32' },
      });
      const { result, record } = await d[whole.name].bind({ wCompact: args.wCompact }).record(withoutW(args));
      if (record.ran !== 'composed') throw new Error('not composed');
      expect(record.steps.map((step) => step.ran === 'whole' && step.backend)).toEqual([
        'webgpu',
        'reference',
        'reference',
        'webgpu',
      ]);
      const { error = 0, derivatives } = record.errorEstimate ?? {};
      expect(Math.abs(result.logEvidence - truth.logEvidence)).toBeLessThanOrEqual(error);
      if (derivatives === undefined) throw new Error('no errors of derivatives');
      // All weights of the mapping moved in proportion to themselves.
      const moved = ({ byMapping }: { readonly byMapping: Float64Array }) =>
        byMapping.reduce(
          (sum, value, at) => sum + (value === 0 ? 0 : value * args.pixWeightsForSubSlimIndex.data[at]),
          0,
        );
      const [found, exact] = [result, truth].map((each) => moved({ byMapping: each.logEvidenceByMapping.data }));
      const left = Math.abs(found - moved(derivatives.known) - exact);
      const rounding = 1e-13 * moved({ byMapping: truth.logEvidenceByMapping.data.map(Math.abs) });
      expect(left).toBeLessThanOrEqual(
        rounding + derivatives.errorLeft(moved(derivatives.known), derivatives.samples.map(moved)),
      );
    });
  });
});

function withoutW({ wCompact: _, ...rest }: KernelArgs<typeof whole.name>) {
  return rest;
}
