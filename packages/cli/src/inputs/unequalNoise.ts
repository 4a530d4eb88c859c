import { isUnequalNoise, type KernelDescriptor } from '@wtilde/core-types';
import { type Fields, fieldNamed } from '@wtilde/data';

/** Arguments through which only the real part of the noise enters. */
const fromRealNoise: ReadonlySet<string> = new Set([
  'noiseMapReal',
  'wCompact',
  'wTilde',
  'wTildePreload',
  'curvaturePreload',
  'curvatureMatrix',
  'curvatureRegMatrix',
]);

/**
 * A warning where a kernel uses the real part of the noise for both and the parts differ. The formula is computed as
 * it is given, which then is an approximation.
 */
export function unequalNoiseWarning(kernel: KernelDescriptor, fields: Fields): string | undefined {
  if (!Object.keys(kernel.params).some((name) => fromRealNoise.has(name))) return undefined;
  const noise = fieldNamed(fields, 'noise_map');
  if (noise?.dtype !== 'complex') return undefined;
  const { data } = noise;
  let unequal = 0;
  for (let k = 0; k < data.length; k += 2) {
    if (isUnequalNoise(data[k], data[k + 1])) unequal++;
  }
  if (unequal === 0) return undefined;
  return (
    `warning: noise_map: real and imaginary parts differ for ${unequal} of ${data.length / 2} visibilities, ` +
    `and ${kernel.upstream} uses the real part only; the result is an approximation`
  );
}
