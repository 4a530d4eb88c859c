import { describe, expect, test } from 'vitest';
import { type Objective, objectiveOf, optimise, parsePrior } from '../src/index.js';
import { box, correlated, correlation, named, rosenbrock, servedOtherwise, widths } from './problems.js';

describe.each([true, false])('with gradients: %s', (hasGradient) => {
  test('a valley that is bent is gone down to its end', async () => {
    const fit = await optimise({ ...rosenbrock(), hasGradient }, { seed: 3, tolerance: 1e-5 });
    expect(fit.converged).toBe(true);
    expect(fit.values[0]).toBeCloseTo(1, 1);
    expect(fit.values[1]).toBeCloseTo(1, 1);
    expect(fit.logLikelihood).toBeGreaterThan(-0.01);
  });

  test('errors are those of a normal distribution', async () => {
    const fit = await optimise({ ...correlated(), hasGradient }, { starts: 3 });
    const digits = hasGradient ? 4 : 1;
    fit.parameters.forEach(({ value, sigma = Number.NaN }, i) => {
      expect(value / widths[i]).toBeCloseTo(0, hasGradient ? 1 : 0);
      expect(sigma / widths[i]).toBeCloseTo(1, digits);
    });
    const [a, b] = [fit.covariance?.[1] ?? Number.NaN, widths[0] * widths[1]];
    expect(a / b).toBeCloseTo(correlation, digits);
  });

  test('the same seed gives the same fit, whoever evaluates', async () => {
    const objective = { ...correlated(), hasGradient };
    const [first, second, other] = [
      await optimise(objective, { seed: 5, starts: 2 }),
      await optimise(servedOtherwise(objective), { seed: 5, starts: 2 }),
      await optimise(objective, { seed: 6, starts: 2 }),
    ];
    expect(second).toEqual(first);
    expect(other.evaluations === first.evaluations && other.values[0] === first.values[0]).toBe(false);
  });
});

test('a start that easier versions lead away from is not lost', async () => {
  // A peak of 20 at 3, which is gone where it is made easier; a hill of 10 at -2, which stays.
  const objective: Objective = {
    parameters: box(1, -10, 10),
    hasGradient: true,
    easing: {},
    evaluate: async (points, { ease = 1 }) =>
      points.map(([x]) => {
        const peak = (20 / ease ** 6) * Math.exp(-((x - 3) ** 2) / 0.02);
        const hill = (10 / (1 + ease / 1000)) * Math.exp(-((x + 2) ** 2) / 8);
        const gradient = Float64Array.of((-peak * (x - 3)) / 0.01 - (hill * (x + 2)) / 4);
        return { logLikelihood: peak + hill, gradient };
      }),
  };
  const { values, starts } = await optimise(objective, { from: [[3]] });
  expect(values[0]).toBeCloseTo(3, 2);
  expect(starts.map((each) => Math.round(each.values[0]))).toEqual([3, -2]);
});

test('a prior pulls, and the coordinate of a log-uniform one does not', async () => {
  const parameters = named([parsePrior({ normal: [1, 0.5] }, {}, 'a'), parsePrior({ logUniform: [0.1, 10] }, {}, 'b')]);
  const objective = objectiveOf(
    parameters,
    ([a, b]) => ({
      value: -((a - 2) ** 2) / 2 - (Math.log(b) - 0.5) ** 2 / 0.02,
      gradient: [2 - a, -(Math.log(b) - 0.5) / 0.01 / b],
    }),
    true,
  );
  const { values, parameters: fitted } = await optimise(objective, { tolerance: 1e-8 });
  expect(values[0]).toBeCloseTo(1 + 0.25 / 1.25, 4);
  expect(values[1]).toBeCloseTo(Math.exp(0.5), 4);
  expect(fitted[0].sigma).toBeCloseTo(Math.sqrt(0.25 / 1.25), 3);
  expect(fitted[1].sigma).toBeCloseTo(0.1 * Math.exp(0.5), 3);
});

test('an edge of the prior is told, and the others keep their errors', async () => {
  const fit = await optimise(rosenbrock(1.5), { starts: 2 });
  expect(fit.values[0]).toBe(1.5);
  expect(fit.parameters.map(({ atEdge }) => atEdge)).toEqual([true, false]);
  expect(fit.parameters[0].sigma).toBeUndefined();
  expect(fit.parameters[1].sigma).toBeCloseTo(0.1, 3);
  expect(fit.notes.map(({ code }) => code)).toContain('AtPriorEdge');
});

test('a saddle is no maximum, and is left', async () => {
  const objective = objectiveOf(box(2, -1, 1), ([x, y]) => ({ value: y * y - x * x, gradient: [-2 * x, 2 * y] }), true);
  const fit = await optimise(objective, { from: [[0.3, 0]] });
  expect(fit.values[0]).toBeCloseTo(0, 3);
  expect(Math.abs(fit.values[1])).toBe(1);
  expect(fit.notes.map(({ code }) => code)).toContain('AtPriorEdge');
});

test('what has no value is stepped around and counted', async () => {
  const objective = objectiveOf(
    box(2, -2, 2),
    ([x, y]) => {
      if (x > 0.5) throw new Error('no model here');
      return { value: -((x - 0.4) ** 2 + y ** 2) / 0.02, gradient: [-(x - 0.4) / 0.01, -y / 0.01] };
    },
    true,
  );
  const fit = await optimise(objective);
  expect(fit.values[0]).toBeCloseTo(0.4, 3);
  expect(fit.failures).toBeGreaterThan(0);
  expect(fit.notes.map(({ code }) => code)).toContain('Failures');
});

test('where nothing has a value the error says so', async () => {
  const objective = objectiveOf(box(2, 0, 1), () => ({ value: Number.NaN }));
  await expect(optimise(objective)).rejects.toThrow(/no value at any guess/);
});

test('kinks of a hundredth and a thousand ripples do not hold it up', async () => {
  const rough = objectiveOf(
    box(4, -1, 1),
    (x) => ({
      value: x.reduce((sum, each, i) => sum - (each / 0.05) ** 2 - 0.01 * Math.abs(Math.sin(900 * each + i)), 0),
      gradient: x.map(
        (each, i) => (-2 * each) / 0.05 ** 2 - 9 * Math.cos(900 * each + i) * Math.sign(Math.sin(900 * each + i)),
      ),
    }),
    true,
  );
  const { logLikelihood, parameters } = await optimise(rough, { starts: 3 });
  expect(logLikelihood).toBeGreaterThan(-0.2);
  // Slopes of the ripples are as steep as those of the hill: errors are of the hill all the same.
  for (const { sigma = 0 } of parameters) {
    const ratio = sigma / (0.05 / Math.SQRT2);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  }
});

test('easier versions lead through ripples that hold up descents without', async () => {
  const problem = (eased: boolean) => {
    const value = (x: Float64Array, ease: number) =>
      x.reduce((sum, each) => sum - 100 * each * each - (4 * (1 - Math.cos(30 * each))) / ease, 1000) / ease ** 0.5;
    const objective = objectiveOf(box(3, -3, 2), (x) => ({ value: value(x, 1) }));
    return {
      ...objective,
      hasGradient: true,
      ...(eased ? { easing: {} } : {}),
      evaluate: async (points: readonly Float64Array[], { ease = 1 }: { readonly ease?: number | undefined }) =>
        points.map((x) => ({
          logLikelihood: value(x, ease),
          gradient: x.map((each) => -(200 * each + (120 * Math.sin(30 * each)) / ease) / ease ** 0.5),
        })),
    };
  };
  const from = [[-1.3, 0.9, 1.7]];
  expect((await optimise(problem(false), { from })).logLikelihood).toBeLessThan(997);
  expect((await optimise(problem(true), { from })).logLikelihood).toBeGreaterThan(999.99);
});

test('another maximum that is as likely is told', async () => {
  const hill = (x: number, at: number) => Math.exp(-(((x - at) / 0.05) ** 2) / 2);
  const objective = objectiveOf(
    box(1, -1, 1),
    ([x]) => {
      const [left, right] = [hill(x, -0.5), 0.5 * hill(x, 0.5)];
      const slope = -(left * (x + 0.5) + right * (x - 0.5)) / 0.05 ** 2;
      return { value: Math.log(left + right), gradient: [slope / (left + right)] };
    },
    true,
  );
  const codes = async (from: readonly number[][]) =>
    (await optimise(objective, { from })).notes.map(({ code }) => code);
  expect(await codes([[-0.4], [0.6]])).toContain('SeveralMaxima');
  expect(await codes([[-0.4], [-0.6]])).not.toContain('SeveralMaxima');
});

test('a signal ends it', async () => {
  const controller = new AbortController();
  const run = optimise(rosenbrock(), { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(run).rejects.toMatchObject({ code: 'Aborted' });
});
