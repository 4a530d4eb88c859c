import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { groupsOf, growthsOf } from './groups.js';
import { machineText } from './markdown.js';
import type { Results } from './results.js';
import { medianOf } from './statistics.js';
import { number } from './text.js';

/**
 * The results as one page that opens without a network: bars for each group, accuracy against time, and cost against
 * size on logarithmic axes with fitted exponents.
 */
export function htmlOf(results: Results): string {
  const { document } = parseHTML('<!doctype html><html lang="en"><head></head><body></body></html>');
  const add = (name: string, text: string) => {
    const element = document.createElement(name);
    element.textContent = text;
    document.body.append(element);
  };
  const draw = (options: Plot.PlotOptions) => document.body.append(Plot.plot({ ...options, document, width: 900 }));

  document.head.innerHTML = `<meta charset="utf-8"><title>wtilde benchmarks</title><style>${style}</style>`;
  add('h1', 'wtilde benchmarks');
  add('p', `${results.date.slice(0, 10)}, ${machineText(results.machine)}`);
  for (const facts of results.backends) {
    add(
      'p',
      'absent' in facts
        ? `${facts.id}: absent: ${facts.absent}`
        : `${facts.id}: ${facts.summary}, ${facts.precision}, at most ${(facts.peakBytes / 1e6).toFixed(0)} MB resident`,
    );
  }

  add('h2', 'How cost grows');
  for (const { title, growths } of byKernel(results)) {
    add('h3', title);
    draw(growthPlot(growths));
  }

  if (results.memory.length > 0) {
    add('h2', 'Memory against visibilities');
    draw(memoryPlot(results.memory));
  }

  add('h2', 'Accuracy against time');
  const judged = results.rows.flatMap(({ backend, kernel, samples, agreement }) =>
    agreement === undefined || agreement.error === 0
      ? []
      : [{ backend, kernel, ms: medianOf(samples), error: agreement.error / agreement.allowed }],
  );
  draw({
    grid: true,
    color: { legend: true },
    x: { type: 'log', label: 'milliseconds', tickFormat: number },
    y: { type: 'log', label: 'error / allowed', tickFormat: number },
    marks: [
      Plot.ruleY([1]),
      Plot.dot(judged, { x: 'ms', y: 'error', stroke: 'backend', title: ({ kernel }) => kernel }),
    ],
  });

  add('h2', 'Kernel by kernel');
  for (const { name, rows } of groupsOf(results)) {
    add('h3', name);
    const bars = rows.map(({ backend, method, samples }) => ({
      name: `${backend}: ${method}`,
      backend,
      ms: medianOf(samples),
    }));
    const least = Math.min(...bars.map(({ ms }) => ms)) / 2;
    draw({
      marginLeft: 220,
      marginRight: 60,
      color: { legend: false },
      x: { type: 'log', label: 'median milliseconds', grid: true, tickFormat: number },
      y: { label: null, domain: bars.map((bar) => bar.name) },
      marks: [
        Plot.rect(bars, { x1: least, x2: 'ms', y: 'name', fill: 'backend' }),
        Plot.text(bars, { x: 'ms', y: 'name', text: ({ ms }) => number(ms), dx: 4, textAnchor: 'start' }),
      ],
    });
  }
  return document.toString();
}

const style = `
body { font: 15px system-ui, sans-serif; max-width: 960px; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
h3 { font-weight: 600; margin: 1.5em 0 0.3em }
svg { max-width: 100%; height: auto }`;

type Growths = ReturnType<typeof growthsOf>;

/** The methods of a kernel in one plot show where they cross. */
function byKernel(results: Results): readonly { readonly title: string; readonly growths: Growths }[] {
  const all = growthsOf(results);
  const titles = [...new Set(all.map(({ kernel, symbol }) => `${kernel} against ${symbol}`))];
  return titles.map((title) => ({
    title,
    growths: all.filter(({ kernel, symbol }) => `${kernel} against ${symbol}` === title),
  }));
}

function memoryPlot(memory: Results['memory']): Plot.PlotOptions {
  const points = memory.map(({ backend, visibilities, peakBytes }) => ({ backend, visibilities, MB: peakBytes / 1e6 }));
  return {
    grid: true,
    color: { legend: true },
    x: { type: 'log', label: 'visibilities, summed chunk by chunk', tickFormat: number },
    y: { label: 'peak MB of the process', zero: true },
    marks: [
      Plot.line(points, { x: 'visibilities', y: 'MB', stroke: 'backend' }),
      Plot.dot(points, { x: 'visibilities', y: 'MB', stroke: 'backend' }),
    ],
  };
}

function growthPlot(growths: Growths): Plot.PlotOptions {
  const points = growths.flatMap(({ backend, method, exponent, points: measured }) =>
    measured.map(([size, ms]) => ({ name: `${backend}: ${method}, exponent ${exponent.toFixed(2)}`, size, ms })),
  );
  return {
    grid: true,
    color: { legend: true },
    x: { type: 'log', label: growths[0].symbol, tickFormat: number },
    y: { type: 'log', label: 'milliseconds', tickFormat: number },
    marks: [
      Plot.line(points, { x: 'size', y: 'ms', stroke: 'name' }),
      Plot.dot(points, { x: 'size', y: 'ms', stroke: 'name' }),
    ],
  };
}
