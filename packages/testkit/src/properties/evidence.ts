/** What an evidence must not depend on, from the visibilities to the last term. */
import type { KernelName, LooseArgs, LooseResult } from '@wtilde/core-types';
import { arrayIn, type Lab, type Property } from './property.js';
import {
  conjugated,
  mergedMeshes,
  relabelled,
  shuffled,
  visibilityCount,
  withVisibilities,
} from './transformations.js';
import { added, inChunks } from './visibilities.js';

/** An evidence and the kernel that makes its description of W. */
interface Pipeline {
  readonly evidence: KernelName;
  readonly w: KernelName;
  readonly argument: string;
}

const pipelines: readonly Pipeline[] = [
  { evidence: 'logLikelihoodFunctionViaWTildeFrom', w: 'wTildeCurvatureInterferometerFrom', argument: 'wTilde' },
  { evidence: 'logLikelihoodFunctionViaWCompactFrom', w: 'wCompactCurvatureInterferometerFrom', argument: 'wCompact' },
  {
    evidence: 'logLikelihoodFunctionViaPreloadFrom',
    w: 'wTildeCurvaturePreloadInterferometerFrom',
    argument: 'wTildePreload',
  },
];

const dirty = 'dirtyImageInterferometerFrom';

/** A way to treat the visibilities that must not show in the evidence. */
interface Treatment {
  readonly name: string;
  /** The arguments of a kernel as parts whose results are added. */
  parts(args: LooseArgs): readonly LooseArgs[];
  /** The arguments of the evidence itself. */
  whole(args: LooseArgs): LooseArgs;
}

const permuted = (args: LooseArgs) => withVisibilities(args, shuffled(visibilityCount(args)));
const treatments: readonly Treatment[] = [
  { name: 'permuting', parts: (args) => [permuted(args)], whole: permuted },
  { name: 'conjugating', parts: (args) => [conjugated(args)], whole: conjugated },
  { name: 'chunking', parts: inChunks, whole: (args) => args },
];

const untouched: Treatment = { name: 'nothing', parts: (args) => [args], whole: (args) => args };

const overVisibilities: readonly Property[] = pipelines.flatMap((pipeline) =>
  treatments.map((treatment) => ({
    name: `${treatment.name} visibilities leaves ${pipeline.evidence} alone`,
    kernels: [pipeline.evidence, pipeline.w, dirty],
    async holds(lab: Lab) {
      const plain = await evidenceArgs(lab, pipeline, untouched);
      const treated = await evidenceArgs(lab, pipeline, treatment);
      const expected = await lab.call(pipeline.evidence, plain);
      lab.same(pipeline.evidence, plain, expected, await lab.call(pipeline.evidence, treated), treatment.name);
    },
  })),
);

const overSources: readonly Property[] = pipelines.map(({ evidence }) => ({
  name: `other labels for the source pixels leave ${evidence} alone`,
  kernels: [evidence],
  async holds(lab: Lab) {
    const args = lab.args(evidence);
    const names = shuffled(Number(args.pixels));
    const expected = await lab.call(evidence, args);
    lab.same(evidence, args, expected, await lab.call(evidence, relabelled(args, names)), 'with other labels');
  },
}));

/** So many times the coefficient of a dataset, and differences of neighbours cost more than its data can give. */
const endless = 1e12;

const flat: readonly Property[] = pipelines.map(({ evidence }) => ({
  name: `with a coefficient beyond measure ${evidence} knows one brightness per mesh`,
  kernels: [evidence],
  async holds(lab: Lab) {
    const given = lab.args(evidence);
    const args = { ...given, coefficient: endless * Number(given.coefficient ?? 1) };
    const expected = await lab.call(evidence, mergedMeshes(args));
    lab.same(evidence, args, expected, await lab.call(evidence, args), 'against one source pixel for every mesh');
  },
}));

export const evidenceProperties: readonly Property[] = [...overVisibilities, ...overSources, ...flat];

/** The arguments of an evidence with W and the dirty image made from treated visibilities. */
async function evidenceArgs(lab: Lab, { evidence, w, argument }: Pipeline, treatment: Treatment): Promise<LooseArgs> {
  const [W, dirtyImage] = [await total(w), await total(dirty)];
  return {
    ...treatment.whole(lab.args(evidence)),
    [argument]: arrayIn(W, argument),
    dirtyImage: arrayIn(dirtyImage, 'the dirty image'),
  };

  async function total(kernel: KernelName): Promise<LooseResult> {
    const results: LooseResult[] = [];
    for (const part of treatment.parts(lab.args(kernel))) results.push(await lab.call(kernel, part));
    return results.reduce(added);
  }
}
