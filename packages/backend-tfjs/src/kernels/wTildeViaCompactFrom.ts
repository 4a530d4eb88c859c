import { kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { gatherFacts, gatherW } from '../shared/expand.js';
import { onHost } from '../shared/methods.js';
import { inCompact } from '../shared/wLookup.js';

export const wTildeViaCompactFrom = (engine: Engine) =>
  onHost(kernels.wTildeViaCompactFrom, {
    gather: {
      ...gatherFacts,
      run: ({ wCompact, nativeIndexForSlimIndex }, context) =>
        gatherW(engine, wCompact, inCompact(wCompact, nativeIndexForSlimIndex), context.sizes, context),
    },
  });
