// Measures what docs/smooth-evidence.md says, and writes docs/smooth-evidence.json: `npm run smooth-evidence`. With a
// folder the five lenses are read from it, FOLDER/quad and so on, instead of simulated. Works on the build; some minutes.
import { writeFileSync } from 'node:fs';
import { createWasmBackend } from '../../packages/backend-wasm/dist/index.js';
import { continuityOf } from './continuity.ts';
import { names, observe } from './lenses.ts';
import { largestJump, type Pair, type pairs, type Roughness, roughnessOf } from './roughness.ts';
import { tiesOf } from './ties.ts';

const [folder] = process.argv.slice(2);
const options = { backends: [await createWasmBackend()] };
const lenses: Record<string, Partial<Record<Pair, Roughness & { readonly jump: number }>>> = {};
const pairNames = ['barycentric, constant', 'natural, gradient'] as const satisfies readonly (keyof typeof pairs)[];

for (const name of names) {
  const observed = await observe(name, options, folder);
  lenses[name] = {};
  for (const pair of pairNames) {
    const roughness = await roughnessOf(observed, pair);
    const jump = await largestJump(observed, pair, roughness.coefficient);
    lenses[name][pair] = { ...roughness, jump };
    const { atTruth, rms, largest } = roughness;
    console.log(name, pair, atTruth.toFixed(1), rms.toExponential(1), largest.toExponential(1), jump.toExponential(1));
  }
  observed.operator.dispose();
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
