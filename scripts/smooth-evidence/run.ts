// Measures what docs/smooth-evidence.md says, and writes docs/smooth-evidence.json: `npm run smooth-evidence`. With a
// folder the five lenses are read from it, FOLDER/quad and so on, instead of simulated, and nothing is written; with names
// of parts, such as `descents`, the others stay as they were. Works on the build; some minutes.
import { readFileSync, writeFileSync } from 'node:fs';
import { createWasmBackend } from '../../packages/backend-wasm/dist/index.js';
import { continuityOf } from './continuity.ts';
import { type Descents, descentsOf } from './lbfgs.ts';
import { names, type Observed, observe } from './lenses.ts';
import type { Measured } from './measured.ts';
import { largestJump, type Pair, type Roughness, roughnessOf } from './roughness.ts';
import { tiesOf } from './ties.ts';

const page = 'docs/smooth-evidence.json';
const parts = {
  lenses: async () => Object.fromEntries(await ofEach(smoothnessOf)),
  continuity: async () => {
    const quad = await observe('quad', options, folder);
    return continuityOf(quad, 1000);
  },
  ties: async () => ({
    'natural, gradient': await tiesOf('overlay:30x30:natural', 'gradient:3', options),
    'barycentric, constant': await tiesOf('overlay:30x30:barycentric', 'constant:3', options),
  }),
  descents: async () => Object.fromEntries(await ofEach(descentsIn)),
} satisfies { readonly [Part in keyof Measured]: () => Promise<Measured[Part]> };

const isPart = (name: string): name is keyof typeof parts => name in parts;
const asked = process.argv.slice(2).filter(isPart);
const folder = process.argv.slice(2).find((each) => !isPart(each));
const options = { backends: [await createWasmBackend()] };

async function ofEach<R>(measure: (observed: Observed) => Promise<R>): Promise<[string, R][]> {
  const found: [string, R][] = [];
  for (const name of names) {
    const observed = await observe(name, options, folder);
    found.push([name, await measure(observed)]);
    observed.inversion.dispose();
  }
  return found;
}

async function smoothnessOf(observed: Observed): Promise<Measured['lenses'][string]> {
  return {
    'barycentric, constant': await roughness(observed, 'barycentric, constant'),
    'natural, gradient': await roughness(observed, 'natural, gradient'),
  };
}

/** All of one lens on one pair. */
async function roughness(observed: Observed, pair: Pair): Promise<Roughness & { readonly jump: number }> {
  const found = await roughnessOf(observed, pair);
  const jump = await largestJump(observed, pair, found.coefficient);
  const { atTruth, rms, largest } = found;
  console.log(observed.name, pair, atTruth.toFixed(1), ...[rms, largest, jump].map((value) => value.toExponential(1)));
  return { ...found, jump };
}

/** On a mesh of two pixels by two. */
async function descentsIn(observed: Observed): Promise<Descents> {
  const descents = await descentsOf(observed, 'overlay:26x26');
  console.log(observed.name, JSON.stringify(descents));
  return descents;
}

let measured: Measured = JSON.parse(readFileSync(page, 'utf8'));
const wanted = asked.length > 0 ? asked : Object.keys(parts).filter(isPart);
for (const part of wanted) {
  measured = { ...measured, [part]: await parts[part]() };
  console.log(part, 'measured');
}
if (folder === undefined) writeFileSync(page, `${JSON.stringify(measured, undefined, 1)}\n`);
