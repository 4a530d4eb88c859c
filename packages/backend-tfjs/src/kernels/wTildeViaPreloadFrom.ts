import { kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { gatherFacts, gatherW } from '../shared/expand.js';
import { onHost } from '../shared/methods.js';
import { inPreload } from '../shared/wLookup.js';

export const wTildeViaPreloadFrom = (engine: Engine) =>
  onHost(kernels.wTildeViaPreloadFrom, {
    gather: {
      ...gatherFacts,
      run: ({ wTildePreload, nativeIndexForSlimIndex }, context) =>
        gatherW(engine, wTildePreload, inPreload(wTildePreload, nativeIndexForSlimIndex), context.sizes, context),
    },
  });
