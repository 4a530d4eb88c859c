import {
  documentOf,
  dotsPlot,
  escaped,
  figureOf,
  markerShapes,
  palette,
  type Series,
  seriesPlot,
} from '@wtilde/figures';
import { type Growth, groupsOf, growthsOf } from './groups.js';
import { machineText } from './markdown.js';
import type { Results } from './results.js';
import { medianBand, medianOf } from './statistics.js';
import { exponentText, number } from './text.js';
import { verdictsOf, verdictText } from './verdict.js';

/**
 * The results as one page that opens without a network, on a phone too: the verdict, contents, cost against size with
 * fitted exponents, memory, accuracy against time, and for each group the medians with their bands.
 */
export function htmlOf(results: Results): string {
  const sections = [
    section('cost', 'How cost grows', growthFigures(results)),
    section('memory', 'Memory against visibilities', memoryFigures(results)),
    section('accuracy', 'Accuracy against time', accuracyFigures(results)),
    section('kernels', 'Kernel by kernel', kernelFigures(results)),
  ].filter(({ figures }) => figures.length > 0);
  const contents = sections.map(
    ({ id, heading, figures }) =>
      `<details><summary><a href="#${id}">${heading}</a></summary><ul>${figures
        .map(({ name, title }) => `<li><a href="#${name}">${escaped(title)}</a></li>`)
        .join('')}</ul></details>`,
  );
  return documentOf(
    'wtilde benchmarks',
    [
      `<p class="verdict">${escaped(verdictText(results))}</p>`,
      backendTable(results),
      `<p>${escaped(`${results.date.slice(0, 10)}, ${machineText(results.machine)}`)}</p>`,
      `<nav id="contents">${contents.join('')}</nav>`,
      ...sections.map(
        ({ id, heading, note, html }) => `<section id="${id}"><h2>${heading}</h2>${note}${html}</section>`,
      ),
      '',
    ].join('\n'),
  );
}

/** A figure of this page, with what it is called in the contents. */
type TitledFigure = Parameters<typeof figureOf>[0] & { readonly title: string };

const notes: Readonly<Record<string, string>> = {
  cost: 'Medians with their 95 % bands. Exponents are those of a straight line through the logarithms, with its standard deviation; times that do not follow a power law show it there.',
  accuracy: 'Errors as a part of what the numeric class of the result allows. Results without any error are left out.',
  kernels: 'Medians in milliseconds, with their 95 % bands, of what gives the same result.',
};

function section(id: string, heading: string, figures: readonly TitledFigure[]) {
  const note = notes[id] === undefined ? '' : `<p>${escaped(notes[id])}</p>`;
  const html = `<div class="figures">${figures.map((each) => figureOf(each)).join('\n')}</div>`;
  return { id, heading, figures, note, html };
}

function backendTable(results: Results): string {
  const verdicts = new Map(verdictsOf(results).map((verdict) => [verdict.id, verdict]));
  const head = ['backend', 'fastest in', 'time / fastest', 'error / allowed', 'memory'];
  const rows = results.backends.map((facts) => {
    const verdict = verdicts.get(facts.id);
    if ('absent' in facts || verdict === undefined) {
      return [facts.id, 'absent', '', '', ''];
    }
    return [
      facts.id,
      `${verdict.fastest} of ${verdict.groups}`,
      verdict.groups === 0 ? '' : number(verdict.ratio),
      verdict.error === undefined ? 'not judged' : number(verdict.error),
      `${(facts.peakBytes / 1e6).toFixed(0)} MB`,
    ];
  });
  const what = results.backends.map((facts) =>
    'absent' in facts ? `${facts.id}: absent, ${facts.absent}` : `${facts.id}: ${facts.precision}, ${facts.summary}`,
  );
  const cells = (tag: string, texts: readonly string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  return `<div class="scroll"><table>${cells('th', head)}${rows.map((row) => cells('td', row)).join('')}</table></div>
<p>Time / fastest is the geometric mean over the comparisons, error / allowed the largest, memory the peak of the process. ${escaped(what.join('; '))}.</p>`;
}

/** A backend has one colour on the whole page, and a method one shape in a figure. */
function colorsOf({ backends }: Results): (id: string) => string {
  const ids = backends.map(({ id }) => id);
  return (id) => palette[Math.max(0, ids.indexOf(id)) % palette.length];
}

function growthFigures(results: Results): readonly TitledFigure[] {
  const color = colorsOf(results);
  return byKernel(growthsOf(results)).map(([title, growths], at) => {
    const methods = [...new Set(growths.map(({ method }) => method))];
    const series = growths.map(
      ({ backend, method, exponent, points }): Series => ({
        name: `${backend}: ${method}, exponent ${exponentText(exponent)}`,
        color: color(backend),
        shape: markerShapes[methods.indexOf(method) % markerShapes.length],
        joined: true,
        points: points.map(([x, y, low, high]) => ({ x, y, low, high })),
      }),
    );
    const picture = seriesPlot({
      x: { label: growths[0].symbol, scale: 'log' },
      y: { label: 'milliseconds', scale: 'log' },
      series,
    });
    return { name: `cost-${at}`, title, heading: title, caption: '', picture };
  });
}

/** The methods of a kernel in one plot show where they cross. */
function byKernel(growths: readonly Growth[]): readonly (readonly [title: string, growths: readonly Growth[]])[] {
  const titleOf = ({ kernel, symbol }: Growth) => `${kernel} against ${symbol}`;
  return [...new Set(growths.map(titleOf))].map((title) => [title, growths.filter((each) => titleOf(each) === title)]);
}

function memoryFigures(results: Results): readonly TitledFigure[] {
  const { memory } = results;
  if (memory.length === 0) return [];
  const color = colorsOf(results);
  const title = 'Peak memory of a process that sums visibilities chunk by chunk';
  const series = [...new Set(memory.map(({ backend }) => backend))].map(
    (id): Series => ({
      name: id,
      color: color(id),
      joined: true,
      points: memory.flatMap(({ backend, visibilities, peakBytes }) =>
        backend === id ? [{ x: visibilities, y: peakBytes / 1e6 }] : [],
      ),
    }),
  );
  const most = Math.max(...memory.map(({ peakBytes }) => peakBytes / 1e6));
  const picture = seriesPlot({
    x: { label: 'visibilities', scale: 'log' },
    y: { label: 'MB', domain: [0, 1.08 * most] },
    series,
  });
  return [{ name: 'memory-all', title, heading: title, caption: '', picture }];
}

function accuracyFigures(results: Results): readonly TitledFigure[] {
  const color = colorsOf(results);
  const judged = results.rows.flatMap(({ backend, kernel, method, samples, agreement }) => {
    if (agreement === undefined || agreement.error === 0) return [];
    return [{ backend, title: `${kernel}, ${method}`, x: medianOf(samples), y: agreement.error / agreement.allowed }];
  });
  if (judged.length === 0) return [];
  const title = 'Every result that could be judged';
  const series = [...new Set(judged.map(({ backend }) => backend))].map(
    (id, at): Series => ({
      name: id,
      color: color(id),
      shape: markerShapes[at % markerShapes.length],
      points: judged.filter(({ backend }) => backend === id),
    }),
  );
  const picture = seriesPlot({
    x: { label: 'milliseconds', scale: 'log' },
    y: { label: 'error / allowed', scale: 'log' },
    series,
    level: 1,
    width: 380,
    height: 280,
  });
  const caption = 'Above the dashed line a result would be wrong.';
  return [{ name: 'accuracy-all', title, heading: title, caption, picture }];
}

function kernelFigures(results: Results): readonly TitledFigure[] {
  const color = colorsOf(results);
  return groupsOf(results).map(({ name, rows }, at) => {
    const dots = rows.map(({ backend, method, samples }) => {
      const [low, high] = medianBand(samples);
      return { name: `${backend}: ${method}`, value: medianOf(samples), low, high, color: color(backend) };
    });
    const picture = dotsPlot({ dots, label: 'milliseconds' });
    return { name: `kernel-${at}`, title: name, heading: name, caption: '', picture };
  });
}
