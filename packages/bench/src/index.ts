/** Measures backends side by side, and tells the results. */
export { backendIds } from './backends.js';
export { type Comparison, type Comparisons, compareResults, comparisonText } from './compare.js';
export { type DatasetChoice, type Preset, presets } from './datasets.js';
export { type Growth, growthsOf } from './groups.js';
export { htmlOf } from './html.js';
export { machineText, markdownOf } from './markdown.js';
export { type MeasureOptions, measure } from './measure.js';
export type { PeerTime, PeerTimes } from './peers/measurePeers.js';
export { readResults, readScience } from './read.js';
export { type BackendFacts, keyOf, type Machine, type MemoryPoint, type Results, type Row } from './results.js';
export { type BenchmarkRunOptions, runBenchmarks } from './run.js';
export { runScience, type Science, type ScienceOptions } from './science/run.js';
export { fitsText, peersText, scienceText, sumsText } from './science/text.js';
export {
  type Exponent,
  type GrowthPoint,
  growthExponentOf,
  medianBand,
  medianOf,
  type Ratio,
  ratioOf,
  type Summary,
  summaryOf,
} from './statistics.js';
export { exponentText, number, table } from './text.js';
