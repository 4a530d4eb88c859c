const series = [-1 / 3, 4 / 405, 46 / 25515, 131 / 1148175, -2194697 / 30690717750];

/** b_n: half of the light is within the effective radius to 3e-4 at n = 0.5, 2e-5 at n = 1, 1e-6 from n = 2.5. */
export function sersicConstantOf(n: number): number {
  const inverse = 1 / n;
  return 2 * n + series.reduceRight((sum, coefficient) => sum * inverse + coefficient, 0);
}

/** Its derivative by n. */
export function sersicConstantSlope(n: number): number {
  const inverse = 1 / n;
  return (
    2 -
    inverse *
      inverse *
      series.reduceRight((sum, coefficient, k) => (k === 0 ? sum : sum * inverse + k * coefficient), 0)
  );
}
