import type { ModelChoice } from '../engine/protocol.js';

/** So long an evaluation may take while something is dragged, in milliseconds. */
const smooth = 40;

/** A mesh of fewer source pixels where the full one has taken long: time grows with their third power. */
export function coarser(model: ModelChoice, ms: number): ModelChoice {
  if (ms <= smooth) return model;
  const part = Math.max(0.45, (smooth / ms) ** (1 / 5));
  const [rows, columns] = model.mesh.shape;
  return {
    ...model,
    mesh: { ...model.mesh, shape: [Math.max(8, Math.round(rows * part)), Math.max(8, Math.round(columns * part))] },
  };
}
