import type { ImportedVisibilities, NoiseEstimate } from '@wtilde/data';
import type { OpenedVisibilities } from '@wtilde/data/node';
import { rightFrom, table } from '../../text/table.js';
import type { printWarnings } from '../../text/warnings.js';

/** What is known of an import once its visibilities have been read. */
export interface Known {
  readonly report: ReturnType<ImportedVisibilities['report']>;
  readonly noise: NoiseEstimate | undefined;
}

/** The same for the manifest. */
export function factsOf(opened: OpenedVisibilities, { noise, report: { counts, summary } }: Known): object {
  return {
    ...(opened.format === 'uvfits' ? { observation: observationOf(opened) } : {}),
    counts,
    ...(noise === undefined
      ? {}
      : {
          noise: {
            ratio: noise.ratio,
            differences: noise.differences,
            ...(noise.channelCorrelation === undefined ? {} : { channelCorrelation: noise.channelCorrelation }),
            groups: noise.groups,
          },
        }),
    summary,
  };
}

function observationOf({ uvfits }: Extract<OpenedVisibilities, { format: 'uvfits' }>): object {
  const { telescope, object, dateObs, groups, ifs, channels, stokes, sources } = uvfits;
  return {
    telescope,
    object,
    dateObs,
    groups,
    windows: ifs,
    channels,
    stokes,
    sources: sources.map(({ name }) => name),
  };
}

/** The report for people. */
export function report(
  path: string,
  out: string,
  opened: OpenedVisibilities,
  known: Known,
  conjugate: boolean,
): string {
  const { counts, summary } = known.report;
  const { beam, smearing, longestAverage } = summary;
  const rows = [
    ['visibilities read, channels counted each', String(counts.read)],
    ['  not selected', String(counts.notSelected)],
    ['  autocorrelations', String(counts.autocorrelations)],
    ['  flagged', String(counts.flagged)],
    ['  used', String(counts.used)],
    ['visibilities written', String(summary.visibilities)],
    ['imaginary parts', conjugate ? 'changed in sign' : 'as they are'],
    ['baselines in wavelengths', `${digits(summary.shortestBaseline)} to ${digits(summary.longestBaseline)}`],
    ['noise', `${digits(summary.leastNoise)} to ${digits(summary.mostNoise)}`],
    ...noiseRows(known),
    ['signal to noise, root mean square', digits(summary.signalToNoise)],
    ['noise of the dirty image, per beam', digits(summary.imageNoise)],
    ['beam, natural weights', `${arcsec(beam.major)} x ${arcsec(beam.minor)} at ${beam.angle.toFixed(0)} degrees`],
    ['largest scale, 1 / shortest baseline', arcsec(summary.largestScale)],
    ...(smearing.seconds > 0
      ? [
          [
            `1 % lost by means of up to ${digits(smearing.seconds)} s at`,
            `${arcsec(smearing.timeRadius)} from the centre`,
          ],
        ]
      : []),
    ...(smearing.hertz > 0
      ? [[`1 % lost by means of ${digits(smearing.hertz)} Hz at`, `${arcsec(smearing.channelRadius)} from the centre`]]
      : []),
    ['suggested pixel scale, at most', arcsec(summary.pixelScale)],
    ['suggested mask radius, at most', arcsec(summary.maskRadius)],
    ...(opened.format === 'uvfits'
      ? [
          [
            '  there, 1 % lost by means of',
            `${digits(longestAverage.seconds)} s or ${digits(longestAverage.hertz)} Hz`,
          ],
          ['  there, phase of the w-term', `${digits(summary.wPhase)} radians`],
        ]
      : []),
  ];
  return [`${path}${titleOf(opened)}`, table(rows, rightFrom(1, 2)), '', `The dataset is in ${out}.`].join('\n');
}

function titleOf(opened: OpenedVisibilities): string {
  if (opened.format !== 'uvfits') return `: ${opened.format}`;
  const { telescope, object, dateObs, groups, ifs, channels, stokes } = opened.uvfits;
  const known = [telescope, object, dateObs].filter((each) => each !== undefined && each !== '');
  const what = `${groups} integrations of baselines, ${ifs} x ${channels} channels, ${stokes.join(' ')}`;
  return `: ${[...known, what].join(', ')}`;
}

/** Where channels are correlated by more, what they make together has less weight than they are given. */
const independent = 0.1;

/** What says that channels are not independent, as weights take them. */
export function channelWarnings({ noise }: Known): Parameters<typeof printWarnings>[1] {
  const { channelCorrelation: correlation = 0 } = noise ?? {};
  if (correlation <= independent) return [];
  // Of many channels: 1 + 2 (1st neighbours).
  const part = Math.sqrt(1 + 2 * correlation);
  return [
    {
      code: 'CorrelatedChannels',
      what: 'the noise of neighbouring channels is correlated, and weights take it as independent',
      where: 'channels',
      values: `${correlation.toFixed(2)}, so that the noise of many together is at least ${part.toFixed(2)} times what they say`,
      remedy: 'average some of them, with the noise of the means: --average-channels 4 --noise differences',
    },
  ];
}

/** How many antennas or baselines are told of one by one. */
const mostGroups = 12;

function noiseRows({ noise }: Known): readonly string[][] {
  if (noise === undefined) return [['  of differences against weights', 'too few neighbours to tell']];
  const { ratio, differences, groups, channelCorrelation } = noise;
  const listed = groups.length > mostGroups ? [] : groups.map(({ name, ratio: each }) => [`    ${name}`, digits(each)]);
  const sorted = groups.map((group) => group.ratio).sort((a, b) => a - b);
  return [
    [`  of ${differences} differences against weights`, digits(ratio)],
    ...(channelCorrelation === undefined
      ? []
      : [['  correlation of neighbouring channels', channelCorrelation.toFixed(2)]]),
    ...(groups.length > mostGroups
      ? [[`    ${groups.length} groups`, `${digits(sorted[0])} to ${digits(sorted[sorted.length - 1])}`]]
      : listed),
  ];
}

function digits(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : 'no limit';
}

function arcsec(value: number): string {
  return Number.isFinite(value) ? `${Number(value.toPrecision(3))}"` : 'no limit';
}
