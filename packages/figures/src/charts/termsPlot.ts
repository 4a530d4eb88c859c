import type { Evidence } from '@wtilde/lens';
import { placeHorizontal, signed, widthOf } from '../svg/axis.js';
import { palette } from '../svg/colors.js';
import { element, faint, fontSize, ink, text } from '../svg/element.js';
import type { Picture } from '../svg/picture.js';

const [rowHeight, barWidth] = [30, 240];

/** What each term adds to the log evidence, and what they come to. Numbers stand in a column, so that none is cut off. */
export function termsPlot({ terms, logEvidence }: Evidence): Picture {
  const rows = [
    ['\u2212\u00bd \u03c7\u00b2 of the source', -terms.chiSquared / 2],
    ['\u2212\u00bd regularization s^tHs', -terms.regularizationTerm / 2],
    ['\u2212\u00bd log det(F + H)', -terms.logDetCurvatureRegMatrix / 2],
    ['+\u00bd log det H', terms.logDetRegularizationMatrix / 2],
    ['\u2212\u00bd \u03a3 log 2\u03c0n\u00b2', -terms.noiseNormalization / 2],
    ['log evidence', logEvidence],
  ] as const;
  const numbers = rows.map(([, value]) => signed(value.toFixed(2)));
  const left = 12 + Math.max(...rows.map(([label]) => widthOf(label, fontSize)));
  const right = 16 + Math.max(...numbers.map((number) => widthOf(number, fontSize)));
  const top = 30;
  const values = rows.map(([, value]) => value);
  const domain = [Math.min(0, ...values), Math.max(0, ...values)] as const;
  const axis = placeHorizontal(
    { label: '', domain: domain[0] === domain[1] ? [0, 1] : domain, ticks: 4 },
    left,
    left + barWidth,
  );
  const bottom = top + rows.length * rowHeight;
  const width = left + barWidth + right;
  return {
    width: Math.ceil(width),
    height: bottom + 30,
    markup: [
      text(width / 2, 15, 'Terms of the evidence', { size: fontSize + 1, weight: 600 }),
      ...axis.ticks.flatMap(({ at, label }) => [
        element('line', { x1: at, y1: top, x2: at, y2: bottom, stroke: faint, 'stroke-opacity': 0.3 }),
        text(at, bottom + 12, label, { size: fontSize - 1 }),
      ]),
      ...rows.flatMap(([label, value], row) => {
        const y = top + (row + 0.5) * rowHeight;
        const last = row === rows.length - 1;
        const weight = last ? 600 : 400;
        return [
          element('rect', {
            x: Math.min(axis.at(0), axis.at(value)),
            y: y - 8,
            width: Math.abs(axis.at(value) - axis.at(0)),
            height: 16,
            fill: last ? ink : palette[0],
          }),
          text(left - 8, y, label, { anchor: 'end', weight }),
          text(width - 4, y, numbers[row], { anchor: 'end', weight }),
        ];
      }),
      element('line', { x1: axis.at(0), y1: top, x2: axis.at(0), y2: bottom, stroke: ink }),
    ].join(''),
  };
}
