import type { RunContext } from '@wtilde/core-types';
import { type DisplacementTable, displacementLattice, type ImageShape, weightStrengths } from '@wtilde/numerics';
import type { Device } from '../device/device.js';
import { type Argument, hostArray } from '../device/hostArray.js';
import { latticeSums } from './latticeSums.js';

interface WeightedVisibilities {
  readonly noiseMapReal: Argument<'real'>;
  readonly uvWavelengths: Argument<'real'>;
}

/** An image whose displacements W is wanted for, pitches in radians. */
interface PitchedImage extends ImageShape {
  readonly pitchY: number;
  readonly pitchX: number;
}

/** W by displacement, in float64 where the chunks are added. */
export async function displacementTable(
  device: Device,
  kernel: string,
  context: RunContext,
  { noiseMapReal, uvWavelengths }: WeightedVisibilities,
  { rows, columns, pitchY, pitchX }: PitchedImage,
): Promise<DisplacementTable> {
  const weights = weightStrengths((await hostArray(noiseMapReal)).data);
  const uv = (await hostArray(uvWavelengths)).data;
  const lattice = displacementLattice(rows, columns, pitchY, pitchX);
  return { rows, columns, values: await latticeSums(device, kernel, context, weights, uv, lattice) };
}
