import { type CurvatureSource, type EvidencePlace, fusedEvidence } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { factorEvidence } from '../linalg/factorEvidence.js';
import { logDetWeightedGraph } from '../linalg/groundedLaplacian.js';
import { keep } from './kept.js';

/** F and the factor by where they stand in the memory. */
function inMemory(engine: Engine): EvidencePlace<Arena, number> {
  return {
    scoped: (work) => engine.scoped(work),
    keep: (prepare) => keep(engine, prepare),
    matrix: (arena, order) => arena.f64(order * order),
    factor: (arena, F, regularization) => factorEvidence(engine, arena, F, regularization),
    logDet: (graph, scratch) => logDetWeightedGraph(engine, graph, scratch),
  };
}

/** How F of an evidence comes about here. */
export type MemoryCurvatureSource<A, W> = CurvatureSource<A, W, Arena, number>;

/** The methods of the kernels of an evidence. */
export const evidenceOn = (engine: Engine) => fusedEvidence(inMemory(engine));
