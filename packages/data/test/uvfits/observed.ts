/** UVFITS files of an array that looks at points, with the oddities that writers have. */
import { createRandom } from '../../src/index.js';
import { type GroupAxis, type GroupTable, writeRandomGroups } from '../../src/uvfits/write.js';

export interface Observed {
  readonly antennas?: number;
  /** Integrations of every baseline, of 10 s. */
  readonly integrations?: number;
  readonly channels?: number;
  /** IF FREQ beyond the reference frequency, and CH WIDTH, of every spectral window. */
  readonly windows?: readonly { readonly offset: number; readonly width: number }[];
  readonly stokes?: readonly number[];
  readonly sources?: readonly string[];
  /** Points (y, x) in arcsec with a flux. */
  readonly points?: readonly (readonly [y: number, x: number, flux: number])[];
  /** Standard deviation of either part of a hand, by antennas. */
  readonly sigma?: (antenna1: number, antenna2: number) => number;
  /** The weight that the file says; 1 / sigma^2 by default. */
  readonly weight?: (antenna1: number, antenna2: number, stokes: number, group: number) => number;
  readonly autocorrelations?: boolean;
  /** Order of the axes. */
  readonly axes?: readonly string[];
  /** u in two parts, of which the second is small. */
  readonly doubled?: boolean;
  readonly baselines?: 'baseline' | 'large' | 'antennas';
  readonly suffix?: string;
  readonly bitpix?: -32 | -64;
  readonly seed?: number;
}

const referenceFrequency = 230e9;
const arcsec = Math.PI / 648000;
/** In seconds of light: 300 m. */
const size = 1e-6;

/** Where an antenna is, in seconds East and North. */
function place(antenna: number): readonly [number, number] {
  const angle = 2.4 * antenna;
  return [size * Math.sqrt(antenna) * Math.cos(angle), size * Math.sqrt(antenna) * Math.sin(angle)];
}

/** Baseline in seconds: it turns with the Earth, a thousand times as fast. */
export function baselineOf(a: number, b: number, integration: number): readonly [number, number] {
  const turn = 7.29e-2 * integration;
  const [x, y] = [place(b)[0] - place(a)[0], place(b)[1] - place(a)[1]];
  return [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)];
}

/** What an array in AIPS' convention measures: the opposite sign of exp(-2 pi i (x u + y v)). */
export function visibilityOf(points: NonNullable<Observed['points']>, u: number, v: number): readonly [number, number] {
  let [re, im] = [0, 0];
  for (const [y, x, flux] of points) {
    const phase = 2 * Math.PI * arcsec * (x * u + y * v);
    re += flux * Math.cos(phase);
    im += flux * Math.sin(phase);
  }
  return [re, im];
}

export function frequencyOf(window: { readonly offset: number; readonly width: number }, channel: number): number {
  return referenceFrequency + window.offset + channel * window.width;
}

export function observed(given: Observed = {}): Uint8Array {
  const {
    antennas = 5,
    integrations = 8,
    channels = 1,
    windows = [{ offset: 0, width: 2e6 }],
    stokes = [-1, -2],
    sources = [],
    points = [[0.4, -0.3, 1]],
    sigma = () => 0,
    weight = (a, b) => 1 / Math.max(sigma(a, b), 1) ** 2,
    autocorrelations = false,
    axes = ['COMPLEX', 'STOKES', 'FREQ', 'IF'],
    doubled = false,
    baselines = 'baseline',
    suffix = '---SIN',
    bitpix = -64,
    seed = 1,
  } = given;
  const random = createRandom(String(seed));
  const extents: Readonly<Record<string, number>> = {
    COMPLEX: 3,
    STOKES: stokes.length,
    FREQ: channels,
    IF: windows.length,
  };
  const named: readonly GroupAxis[] = axes.map((type) => ({
    type,
    extent: extents[type] ?? 1,
    value: type === 'FREQ' ? referenceFrequency : type === 'STOKES' ? stokes[0] : 1,
    step: type === 'FREQ' ? windows[0].width : type === 'STOKES' ? (stokes.length > 1 ? stokes[1] - stokes[0] : -1) : 1,
  }));
  const codes: readonly string[] = baselines === 'antennas' ? ['ANTENNA1', 'ANTENNA2', 'SUBARRAY'] : ['BASELINE'];
  const parameters = [
    { type: `UU${suffix}`, scale: 1 / referenceFrequency },
    { type: `VV${suffix}` },
    { type: `WW${suffix}` },
    ...(doubled ? [{ type: `UU${suffix}`, scale: 1e-20 }] : []),
    ...codes.map((type) => ({ type })),
    { type: 'DATE', zero: 2457000.5 },
    { type: 'DATE' },
    { type: 'INTTIM' },
    ...(sources.length > 0 ? [{ type: 'SOURCE' }] : []),
    ...(windows.length > 1 ? [{ type: 'FREQSEL' }] : []),
  ];
  const values: number[] = [];
  let group = 0;
  for (let integration = 0; integration < integrations; integration++) {
    for (let a = 1; a <= antennas; a++) {
      for (let b = autocorrelations ? a : a + 1; b <= antennas; b++, group++) {
        const [u, v] = baselineOf(a, b, integration);
        const small = doubled ? 1e-14 : 0;
        const shift = baselines === 'large' ? 300 : 0;
        const code =
          baselines === 'antennas' ? [a, b, 1] : [shift > 0 ? 65536 + 2048 * (a + shift) + b + shift : 256 * a + b];
        values.push(u - small, v, 0.1 * u, ...(doubled ? [small] : []), ...code);
        values.push(2457000.5, (10 * integration) / 86400, 10);
        if (sources.length > 0) values.push(1 + (integration % sources.length));
        if (windows.length > 1) values.push(1);
        const at = (place: Readonly<Record<string, number>>): number => {
          const { offset, width } = windows[place.IF ?? 0];
          const hertz = frequencyOf({ offset, width }, place.FREQ ?? 0);
          const [re, im] = visibilityOf(points, u * hertz, v * hertz);
          const hand = place.STOKES ?? 0;
          if (place.COMPLEX === 2) return weight(a, b, hand, group);
          return (place.COMPLEX === 1 ? im : re) + sigma(a, b) * random.normal();
        };
        values.push(...cellsOf(named, at));
      }
    }
  }
  return writeRandomGroups({ parameters, axes: named, values, bitpix, tables: tablesOf(windows, sources, antennas) });
}

/** Values of a group, the first axis fastest. */
function cellsOf(axes: readonly GroupAxis[], at: (place: Readonly<Record<string, number>>) => number): number[] {
  const count = axes.reduce((product, { extent }) => product * extent, 1);
  return Array.from({ length: count }, (_, cell) => {
    const place: Record<string, number> = {};
    let rest = cell;
    for (const { type, extent } of axes) {
      place[type] = rest % extent;
      rest = Math.floor(rest / extent);
    }
    return at(place);
  });
}

function tablesOf(
  windows: NonNullable<Observed['windows']>,
  sources: readonly string[],
  antennas: number,
): readonly GroupTable[] {
  const many = windows.length as number;
  return [
    {
      name: 'AIPS FQ',
      columns: [
        { name: 'FRQSEL', form: '1J', rows: [[1]] },
        { name: 'IF FREQ', form: `${many}D`, rows: [windows.map(({ offset }) => offset)] },
        { name: 'CH WIDTH', form: `${many}E`, rows: [windows.map(({ width }) => width)] },
      ],
    },
    ...(sources.length === 0
      ? []
      : [
          {
            name: 'AIPS SU',
            columns: [
              { name: 'ID. NO.', form: '1J', rows: sources.map((_, at) => [at + 1]) },
              { name: 'SOURCE', form: '16A', rows: sources },
            ],
          } as const,
        ]),
    {
      name: 'AIPS AN',
      columns: [
        { name: 'ANNAME', form: '8A', rows: Array.from({ length: antennas }, (_, at) => `DV${at + 1}`) },
        { name: 'NOSTA', form: '1J', rows: Array.from({ length: antennas }, (_, at) => [at + 1]) },
      ],
    },
  ];
}
