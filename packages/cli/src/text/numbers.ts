/** A duration with three digits and its unit. */
export function duration(ms: number): string {
  return ms < 1000 ? `${ms.toPrecision(3)} ms` : `${(ms / 1000).toPrecision(3)} s`;
}

/** A difference: its magnitude is all that matters. */
export function difference(value: number): string {
  return value === 0 ? '0' : value.toExponential(1);
}

/** As many decimals as show two digits of an error. */
export function decimalsFor(sigma: number): number {
  if (!(sigma > 0)) return 6;
  return Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(sigma))));
}
