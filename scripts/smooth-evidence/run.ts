// Measures what docs/smooth-evidence.md says, and writes docs/smooth-evidence.json: `npm run smooth-evidence`. With a
// folder the five lenses are read from it, FOLDER/quad and so on, instead of simulated. Works on the build; some minutes.
import { writeFileSync } from 'node:fs';
import { createWasmBackend } from '../../packages/backend-wasm/dist/index.js';
import { continuityOf } from './continuity.ts';
import { names, type Observed, observe } from './lenses.ts';
import type { Measured } from './measured.ts';
import { largestJump, type Pair, type Roughness, roughnessOf } from './roughness.ts';
import { tiesOf } from './ties.ts';

const [folder] = process.argv.slice(2);
const options = { backends: [await createWasmBackend()] };
const lenses: Record<string, Measured['lenses'][string]> = {};

/** All of one lens on one pair. */
async function roughness(observed: Observed, pair: Pair): Promise<Roughness & { readonly jump: number }> {
  const found = await roughnessOf(observed, pair);
  const jump = await largestJump(observed, pair, found.coefficient);
  const { atTruth, rms, largest } = found;
  console.log(observed.name, pair, atTruth.toFixed(1), ...[rms, largest, jump].map((value) => value.toExponential(1)));
  return { ...found, jump };
}

for (const name of names) {
  const observed = await observe(name, options, folder);
  lenses[name] = {
    'barycentric, constant': await roughness(observed, 'barycentric, constant'),
    'natural, gradient': await roughness(observed, 'natural, gradient'),
  };
  observed.inversion.dispose();
}
const quad = await observe('quad', options, folder);
const continuity = await continuityOf(quad, 1000);
console.log(continuity);
const ties = {
  'natural, gradient': await tiesOf('overlay:30x30:natural', 'gradient:3', options),
  'barycentric, constant': await tiesOf('overlay:30x30:barycentric', 'constant:3', options),
};
console.log(ties);
if (folder === undefined) {
  writeFileSync('docs/smooth-evidence.json', `${JSON.stringify({ lenses, continuity, ties }, undefined, 1)}\n`);
}
