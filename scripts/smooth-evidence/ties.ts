// A round lens in the middle of the grid, whose traced meshes are full of ties: the same data mirrored and turned.
import { createRandom } from '../../packages/data/dist/index.js';
import {
  type BackendOptions,
  circularMask,
  createInversion,
  type LensModel,
  parseMesh,
  parseRegularization,
  simulateVisibilities,
} from '../../packages/lens/dist/index.js';

const symmetries = {
  'mirrored left to right': (u: number, v: number) => [-u, v],
  'mirrored top to bottom': (u: number, v: number) => [u, -v],
  'turned by 90 degrees': (u: number, v: number) => [-v, u],
} as const;

/** How far the evidence of each symmetry is from that of the data as they are, with the mesh and regularization given. */
export async function tiesOf(mesh: string, regularization: string, options: BackendOptions) {
  const mask = circularMask({ shapeNative: [60, 60], pixelScale: 0.1, radius: 2.6 });
  const lens: LensModel = {
    mass: [{ type: 'IsothermalSph', centre: [0, 0], einsteinRadius: 1.4 }],
    light: [{ type: 'Sersic', centre: [0.08, 0.03], intensity: 1, effectiveRadius: 0.15, sersicIndex: 1 }],
  };
  const random = createRandom('ties');
  const baselines = Float64Array.from({ length: 4000 }, () => 3.5e5 * random.normal());
  const uvWavelengths = { dtype: 'real', shape: [2000, 2], data: baselines } as const;
  const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise: 15, ...options });
  const evidence = async (turn: (u: number, v: number) => readonly number[]) => {
    const turned = { ...uvWavelengths, data: new Float64Array(baselines.length) };
    for (let k = 0; k < 2000; k++) turned.data.set(turn(baselines[2 * k], baselines[2 * k + 1]), 2 * k);
    const inversion = await createInversion({ ...visibilities, uvWavelengths: turned }, { mask, ...options });
    const found = await inversion.evidence({
      lens,
      mesh: parseMesh(mesh),
      regularization: parseRegularization(regularization),
    });
    inversion.dispose();
    return found.logEvidence;
  };
  const asItIs = await evidence((u, v) => [u, v]);
  const differences: Record<string, number> = {};
  for (const [name, turn] of Object.entries(symmetries)) differences[name] = Math.abs((await evidence(turn)) - asItIs);
  return differences;
}
