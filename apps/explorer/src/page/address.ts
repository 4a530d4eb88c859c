import { parseLensModel, parseMesh, parseRegularization } from '@wtilde/lens';
import type { ModelChoice } from '../engine/protocol.js';

/** The model in the address of the page, after #, so that a link shows what one saw. */
export function addressOf({ lens, mesh, regularization }: ModelChoice): string {
  const state = {
    mass: lens.mass,
    mesh: `${mesh.type}:${mesh.shape[0]}x${mesh.shape[1]}`,
    regularization: `${regularization.type}:${regularization.coefficient}`,
  };
  return `#${encodeURIComponent(JSON.stringify(state))}`;
}

/** What {@link addressOf} wrote; undefined where there is nothing, or what makes no sense. */
export function modelIn(hash: string): ModelChoice | undefined {
  if (hash.length < 2) return undefined;
  try {
    const { mass, mesh, regularization } = JSON.parse(decodeURIComponent(hash.slice(1)));
    const found = {
      lens: parseLensModel({ mass }),
      mesh: parseMesh(mesh),
      regularization: parseRegularization(regularization),
    };
    // What no part of the page can change.
    if (found.mesh.type !== 'overlay') return undefined;
    if (found.regularization.type !== 'gradient' && found.regularization.type !== 'constant') return undefined;
    return { ...found, mesh: found.mesh, regularization: found.regularization };
  } catch {
    return undefined;
  }
}
