export { type Eventually, kernelOf, type LooseBound, type LooseKernel } from '@wtilde/core-types';
