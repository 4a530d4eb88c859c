import { WtildeError } from '@wtilde/core-types';
import type { NaturalMapper } from '../mapper/naturalMapper.js';
import type { RegularizedMesh } from './kind.js';

/** The natural neighbours of a mesh and its frame; throws InvalidOption where it has none. */
export function naturalOf({ natural }: RegularizedMesh, type: string): NaturalMapper {
  if (natural !== undefined) return natural;
  throw new WtildeError('InvalidOption', {
    what: 'this mesh has no frame, without which the level of the source is free',
    where: `regularization ${type}`,
    expected: 'an overlay mesh with natural neighbours',
    actual: 'a barycentric or rectangular mesh',
    remedy: 'use a mesh like overlay:30x30, or the regularization constant',
  });
}
