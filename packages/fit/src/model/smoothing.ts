import type { Regularization } from '@wtilde/lens';

/** Numbers of a regularization that say, together, how strongly the source is smoothed. */
const coefficients: readonly string[] = ['coefficient', 'innerCoefficient', 'outerCoefficient'];

/** Those in which coefficients count to the fourth power; elsewhere they count squared, or as they are. */
const toTheFourth: readonly Regularization['type'][] = ['adapt', 'adaptSplit', 'adaptSplitZeroth', 'maternAdaptKernel'];

export function isCoefficient(name: string): boolean {
  return coefficients.includes(name);
}

/** The power of a factor that a coefficient takes, so that a factor means about the same in every regularization. */
export function smoothingPower({ type }: Regularization): number {
  return toTheFourth.includes(type) ? 1 / 2 : 1;
}

/** The coefficients that a regularization has, by their names. */
export function coefficientsOf(regularization: Regularization): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(regularization).flatMap(([name, value]) =>
      isCoefficient(name) && typeof value === 'number' ? [[name, value]] : [],
    ),
  );
}

/** The regularization that smooths more by a factor: all its coefficients grow, so that bright and dark keep their relation. */
export function smoothedBy(regularization: Regularization, factor: number): Regularization {
  const each = factor ** smoothingPower(regularization);
  const grown = Object.entries(coefficientsOf(regularization)).map(([name, value]) => [name, each * value]);
  return { ...regularization, ...Object.fromEntries(grown) };
}
