/** What needs Node: golden files, and the adapter to node:test. */
export { fingerprintsOf } from './node/fingerprints.js';
export { goldenDatasets } from './node/goldenDatasets.js';
export { goldenFolder } from './node/goldenFolder.js';
export { type GoldenSuiteOptions, goldenSuite } from './node/goldenSuite.js';
export { type NodeTest, nodeTestRunner } from './runner/nodeRunner.js';
