import { type TransformFacts, transformMethods } from '@wtilde/numerics';
import { directSumsCost, latticeSumsCost, nufftCost } from '../costs/transforms.js';

/** Costs and refusals of the transforms between visibilities and the pixels of an image, by method. */
export const transforms: TransformFacts = transformMethods({
  direct: directSumsCost,
  factorised: latticeSumsCost,
  nufft: nufftCost,
});
