import { implement, kernels } from '@wtilde/core-types';
import { denseWSource } from '../shared/denseWSource.js';
import { evidenceMethods } from '../shared/evidence.js';

export const evidenceViaWTildeFrom = implement(kernels.evidenceViaWTildeFrom, evidenceMethods(denseWSource));
