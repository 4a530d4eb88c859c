import type { FitStep } from '../result.js';
import { palette } from '../svg/colors.js';
import { element, pathThrough } from '../svg/element.js';
import type { Picture } from '../svg/picture.js';
import { plot } from '../svg/plot.js';

/** More dots than these say no more. */
const mostDots = 5000;

/** How far each evaluation of a fit was below the best one, and how the best one came about. */
export function fitPlot(fit: readonly FitStep[]): Picture {
  const finite = fit.filter(({ logEvidence }) => Number.isFinite(logEvidence));
  const best = finite.reduce((most, { logEvidence }) => Math.max(most, logEvidence), Number.NEGATIVE_INFINITY);
  const below = finite.map(({ evaluation, logEvidence }) => [evaluation, best - logEvidence] as const);
  const worst = below.reduce((most, [, difference]) => Math.max(most, difference), 1);
  // A thousandth matters to nobody; the best itself lies on the edge.
  const least = 1e-3;
  const shown = (difference: number) => Math.max(difference, least);
  const every = Math.ceil(below.length / mostDots);
  let lowest = Number.POSITIVE_INFINITY;
  const steps: (readonly [number, number])[] = [];
  for (const [evaluation, difference] of below) {
    if (difference >= lowest) continue;
    if (Number.isFinite(lowest)) steps.push([evaluation, lowest]);
    lowest = difference;
    steps.push([evaluation, difference]);
  }
  const last = finite.at(-1)?.evaluation ?? 1;
  steps.push([last, lowest]);
  return plot({
    title: 'Progress of the fit',
    x: { label: 'evaluation', domain: [0, Math.max(1, last)], grid: true },
    y: { label: 'log evidence below the best', scale: 'log', domain: [2 * worst, least], grid: true, ticks: 8 },
    width: 460,
    height: 260,
    marks: ({ x, y }) =>
      [
        ...below
          .filter((_, at) => at % every === 0)
          .map(([evaluation, difference]) =>
            element('circle', {
              cx: x.at(evaluation),
              cy: y.at(shown(difference)),
              r: 1.8,
              fill: palette[0],
              'fill-opacity': 0.6,
            }),
          ),
        element('path', {
          d: pathThrough(steps.map(([evaluation, difference]) => [x.at(evaluation), y.at(shown(difference))] as const)),
          fill: 'none',
          stroke: palette[1],
          'stroke-width': 2,
        }),
      ].join(''),
  });
}
