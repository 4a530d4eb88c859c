import type { ModelChoice } from '../engine/protocol.js';

/** What an evaluation is to take while something is dragged, in milliseconds. */
const smooth = 15;

/** Which part of the source pixels, along a side, is left while something is dragged: learnt from how long it took. */
export interface Pace {
  coarser(model: ModelChoice): ModelChoice;
  learn(ms: number, coarse: boolean): void;
}

export function createPace(): Pace {
  let part = 1;
  return {
    coarser(model) {
      const [rows, columns] = model.mesh.shape;
      const fewer = (along: number) => Math.min(along, Math.max(8, Math.round(along * part)));
      return { ...model, mesh: { ...model.mesh, shape: [fewer(rows), fewer(columns)] } };
    },
    learn(ms, coarse) {
      // Of the full one, which has finer pictures, less is known: it only says where to begin.
      const slower = (coarse ? 1 : 0.3) * ms;
      const wanted = part * (smooth / slower) ** (1 / 4);
      part = Math.min(1, Math.max(0.4, coarse ? wanted : Math.min(part, wanted)));
    },
  };
}
