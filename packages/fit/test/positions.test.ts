import { type MassProfile, rayTrace } from '@wtilde/lens';
import { expect, test } from 'vitest';
import { parsePositions, positionsPenalty } from '../src/model/positions.js';

const positions = parsePositions({
  points: [
    [1.2, 0.4],
    [-0.9, 0.1],
    [0.2, -1.1],
  ],
  sigma: 0.2,
});
const massOf = (values: readonly number[]): readonly MassProfile[] => [
  { type: 'Isothermal', einsteinRadius: values[0], centre: [values[1], 0.02], ellComps: [values[2], 0.1] },
];

test('the penalty is that of all pairs', () => {
  const mass = massOf([1.1, 0.05, -0.1]);
  const { data } = rayTrace(mass, positions.points);
  let pairs = 0;
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < i; j++) pairs += (data[2 * i] - data[2 * j]) ** 2 + (data[2 * i + 1] - data[2 * j + 1]) ** 2;
  }
  expect(positionsPenalty({ mass }, positions).value).toBeCloseTo(-pairs / (2 * 3 * 0.2 ** 2), 12);
});

test('its gradient is that of differences', () => {
  const at = [1.1, 0.05, -0.1];
  const { gradient } = positionsPenalty({ mass: massOf(at) }, positions);
  ['mass.0.einsteinRadius', 'mass.0.centre.0', 'mass.0.ellComps.0'].forEach((path, i) => {
    const side = (by: number) =>
      positionsPenalty({ mass: massOf(at.map((each, k) => (k === i ? each + by : each))) }, positions).value;
    expect(gradient[path], path).toBeCloseTo((side(1e-5) - side(-1e-5)) / 2e-5, 5);
  });
});

test('the model without a lens is penalised more than one that brings the images together', () => {
  const none = positionsPenalty({ mass: massOf([0, 0, 0]) }, positions).value;
  expect(none).toBeLessThan(positionsPenalty({ mass: massOf([1, 0, 0]) }, positions).value - 5);
});
