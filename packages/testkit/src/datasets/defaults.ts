import { almaLike, generated, smaLike } from '@wtilde/data';
import { coincidences } from './coincidences.js';
import type { TestDataset } from './dataset.js';
import { degenerate } from './degenerate.js';
import { withEdgeWeights } from './edgeWeights.js';
import { withInvented } from './invent.js';
import { tiny, tinyTwin } from './tiny.js';

/**
 * The datasets that every suite runs on unless it is given others: by hand, simulated and degenerate, all small and
 * with baselines as telescopes have them. (Only `generated` has uv in [0, 1), where swapped u and v go unnoticed.)
 */
export function defaultDatasets(): readonly TestDataset[] {
  const datasets = [
    tiny,
    tinyTwin,
    { name: 'generated', doc: 'mock data of every shape', fields: generated({ N: 10, K: 40, S: 14, B: 3, P: 5 }) },
    { name: 'sma-like', doc: 'simulated, short baselines', fields: smaLike({ N: 12, K: 60, S: 20 }) },
    { name: 'alma-like', doc: 'simulated, long baselines', fields: almaLike({ N: 14, K: 60, S: 30 }) },
    // Beyond the blocks in which fast implementations work.
    { name: 'many-visibilities', doc: 'K = 2500', fields: smaLike({ N: 4, K: 2500, S: 4 }) },
    { name: 'many-sources', doc: 'S = 169', fields: smaLike({ N: 12, K: 20, S: 169 }) },
    ...degenerate,
    ...coincidences,
  ];
  return datasets.map((dataset) =>
    dataset.kernels === undefined ? withInvented({ ...dataset, fields: withEdgeWeights(dataset.fields) }) : dataset,
  );
}
