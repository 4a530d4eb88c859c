import { type NdArray, real } from '@wtilde/core-types';
import { type FramedMesh, joined } from '../../src/mesh/framedMesh.js';
import { testWithGoldenJson } from '../golden.js';
import { gridOf, type Places } from '../mesh/pointSets.js';

interface GoldenNatural {
  readonly vertices: Places;
  readonly points: Places;
  readonly sibson: readonly { readonly neighbours: readonly number[]; readonly weights: readonly number[] }[];
  readonly edges: readonly (readonly [number, number, number])[];
}

function isGoldenNatural(golden: unknown): golden is GoldenNatural {
  return typeof golden === 'object' && golden !== null && 'sibson' in golden && 'edges' in golden;
}

/** 80 vertices within a frame of 24 at radius 4, and 300 points. */
export function testWithGoldenNatural(
  name: string,
  run: (golden: GoldenNatural, mesh: FramedMesh, grid: NdArray<'real'>) => void,
): void {
  testWithGoldenJson('natural.json', name, (golden) => {
    if (!isGoldenNatural(golden)) throw new Error('natural.json has another form');
    const inner = golden.vertices.flat().slice(0, 160);
    const mesh = joined(real(inner, [80, 2]), { centre: [0, 0], radius: 4 }, gridOf(golden.vertices));
    run(golden, mesh, gridOf(golden.points));
  });
}
