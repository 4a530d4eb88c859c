// What happens to an evidence and its gradient where an edge flips or a pixel changes its natural neighbours.
import { geometryOf, type Model, mapperOf, parseMesh, parseRegularization } from '../../packages/lens/dist/index.js';
import { type Observed, widened } from './lenses.ts';

export interface Continuity {
  readonly events: number;
  /** The largest change of the evidence over an event, relative to the sum of its absolute terms. */
  readonly ofValue: number;
  /** Changes of the derivative by the Einstein radius over the events: median, what 99 of 100 stay below, largest; and its own size. */
  readonly slope: number;
  readonly medianOfSlope: number;
  readonly most99OfSlope: number;
  readonly largestOfSlope: number;
  /** The derivative on a side against differences of that side, relative to the largest component of the gradient. */
  readonly compared: number;
  readonly againstDifferences: number;
}

/** Brackets of an event narrower than this are as good as none: 1e-13 of the radius. */
const narrow = 2e-13;

/** The first events as the Einstein radius grows from the truth, each from both sides. */
export async function continuityOf({ lens, inversion }: Observed, events: number): Promise<Continuity> {
  const model = (by: number): Model => ({
    lens: widened(lens, by),
    mesh: parseMesh('overlay:16x16:natural'),
    regularization: parseRegularization('gradient:3'),
  });
  const geometry = geometryOf(inversion.mask);
  const neighboursAt = (by: number) => {
    const { mapper } = mapperOf(inversion.mask, geometry, model(by));
    return `${mapper.pixIndexesForSubSlimIndex.data} ${mapper.neighbors.data}`;
  };
  const slopes: number[] = [];
  const jumps: number[] = [];
  let [ofValue, againstDifferences, compared] = [0, 0, 0];
  let at = 0;
  let here = neighboursAt(0);
  const step = 1e-5;
  while (jumps.length < events) {
    if (neighboursAt(at + step) === here) {
      at += step;
      continue;
    }
    let [below, above] = [at, at + step];
    while (above - below > narrow) {
      const middle = (below + above) / 2;
      if (neighboursAt(middle) === here) below = middle;
      else above = middle;
    }
    const [before, after] = [await inversion.evidence(model(below)), await inversion.evidence(model(above))];
    const size = Object.values(before.terms).reduce((sum, term) => sum + Math.abs(term), 0);
    const [left, right] = [await before.gradient(), await after.gradient()];
    const slope = left['mass.0.einsteinRadius'];
    const expected = slope * (above - below);
    ofValue = Math.max(ofValue, Math.abs(after.logEvidence - before.logEvidence - expected) / size);
    jumps.push(Math.abs(right['mass.0.einsteinRadius'] - slope));
    slopes.push(Math.abs(slope));
    const h = 1e-7;
    if (jumps.length % 10 === 0 && neighboursAt(below - 2 * h) === here) {
      const [one, two] = [await inversion.evidence(model(below - h)), await inversion.evidence(model(below - 2 * h))];
      // One-sided, of second order.
      const difference = (3 * before.logEvidence - 4 * one.logEvidence + two.logEvidence) / (2 * h);
      const largest = Math.max(...Object.values(left).map(Math.abs));
      againstDifferences = Math.max(againstDifferences, Math.abs(difference - slope) / largest);
      compared += 1;
    }
    at = above;
    here = neighboursAt(at);
  }
  jumps.sort((a, b) => a - b);
  slopes.sort((a, b) => a - b);
  return {
    events: jumps.length,
    ofValue,
    slope: slopes[slopes.length >> 1],
    medianOfSlope: jumps[jumps.length >> 1],
    most99OfSlope: jumps[Math.floor(0.99 * jumps.length)],
    largestOfSlope: jumps[jumps.length - 1],
    compared,
    againstDifferences,
  };
}
