import { type Objective, objectiveOf, type Prior, uniform } from '../src/index.js';

/** As many parameters as there are priors. */
export function named(priors: readonly Prior[]) {
  return priors.map((prior, at) => ({ path: `x${at}`, prior }));
}

export function box(order: number, low: number, high: number) {
  return named(Array.from({ length: order }, () => uniform(low, high)));
}

/** A normal distribution of three parameters that hang together by 0.95, and of widths 1, 0.1 and 0.01. */
export const widths = [1, 0.1, 0.01];
export const correlation = 0.95;

export function correlated(): Objective {
  const r = correlation;
  const det = (1 - r) ** 2 * (1 + 2 * r);
  return objectiveOf(
    box(3, -10, 10),
    (x) => {
      const z = Array.from(x, (each, i) => each / widths[i]);
      const sum = z[0] + z[1] + z[2];
      const common = r / (1 + 2 * r);
      const solved = z.map((each) => (each - common * sum) / (1 - r));
      const chi2 = z.reduce((total, each, i) => total + each * solved[i], 0);
      return {
        value: -(chi2 + Math.log(det) + 3 * Math.log(2 * Math.PI)) / 2 - Math.log(1e-3),
        gradient: solved.map((each, i) => -each / widths[i]),
      };
    },
    true,
  );
}

export function rosenbrock(low = -10): Objective {
  return objectiveOf(
    box(2, low, 10),
    ([x, y]) => ({
      value: -((1 - x) ** 2 + 100 * (y - x * x) ** 2) / 2,
      gradient: [1 - x + 200 * x * (y - x * x), -100 * (y - x * x)],
    }),
    true,
  );
}

/** The same evaluations one by one, and backwards: who serves them decides that. */
export function servedOtherwise(objective: Objective): Objective {
  return {
    ...objective,
    async evaluate(points, how) {
      const answers = [];
      for (const point of points.toReversed()) answers.push(...(await objective.evaluate([point], how)));
      return answers.toReversed();
    },
  };
}
