import { type AbortSignalLike, throwIfAborted } from '@wtilde/core-types';
import { optionsOf } from '../bytes/fileErrors.js';
import type { ByteSource, OpenBytes } from '../bytes/source.js';
import { parseFetched } from '../fits/parsing.js';
import { frequenciesOf } from './frequencies.js';
import { decoderOf, type UvfitsGroups } from './groups.js';
import { checkGroups, findGroups, type GroupLayout } from './layout.js';
import { handsOf, stokesOf } from './stokes.js';
import { readTables, type Tables, type UvfitsSource } from './tables.js';

/** Options of {@link Uvfits.read}. */
export interface ReadUvfitsOptions {
  /** `I` (the default) is itself or the weighted mean of its parallel hands; or one that the file has. */
  readonly stokes?: string | undefined;
  /** Checked before every piece. */
  readonly signal?: AbortSignalLike | undefined;
}

/** A UVFITS file: what its headers and tables say, and its groups in pieces. */
export interface Uvfits {
  /** How it is called in messages. */
  readonly where: string;
  /** Integrations of baselines. */
  readonly groups: number;
  /** Of a spectral window. */
  readonly channels: number;
  /** Spectral windows. */
  readonly ifs: number;
  /** What has been correlated: RR, LL, XX, I, ... */
  readonly stokes: readonly string[];
  /** What PTYPE cards say, in their order. */
  readonly parameters: readonly string[];
  /** Whether visibilities have weights; they have 1 where not. */
  readonly weighted: boolean;
  /** The sources of the table AIPS SU; none where a file has one source and does not say more. */
  readonly sources: readonly UvfitsSource[];
  /** The cards TELESCOP, OBJECT and DATE-OBS, where they are there. */
  readonly telescope: string | undefined;
  readonly object: string | undefined;
  readonly dateObs: string | undefined;
  /** The name of an antenna, or its number. */
  antennaName(subarray: number, antenna: number): string;
  /**
   * Hz of every channel of every spectral window (windows outermost) of a setup (FREQSEL) and a source, -1 where the file
   * has no such parameter. Throws FileFormat where the file does not tell.
   */
  frequenciesOf(setup: number, source: number): Float64Array;
  /**
   * The groups in order, from the beginning with every call: memory is that of some of them, which the next ones take
   * the place of.
   */
  read(options?: ReadUvfitsOptions): AsyncGenerator<UvfitsGroups, void, undefined>;
}

/** Groups are read in pieces of about this many bytes. */
const pieceBytes = 2 ** 21;

/**
 * Opens a UVFITS file (random groups), as CASA's exportuvfits, AIPS, DIFMAP, pyuvdata and eht-imaging write it.
 *
 * Random parameters are PZERO + PSCAL x stored, those that stand twice are added; axes are known by CTYPE; baselines are
 * in seconds, whose product with the frequency of a channel is in wavelengths. Values are as they are in the file:
 * nothing is conjugated.
 *
 * @throws FileFormat where the bytes are no UVFITS file, are truncated, or say something impossible; FileUnreadable.
 * @see AIPS memo 117.
 */
export async function openUvfits(source: ByteSource, where = 'UVFITS bytes'): Promise<Uvfits> {
  const bytes = await source.open();
  let layout: GroupLayout;
  let tables: Tables;
  try {
    layout = await parseFetched(findGroups(where), bytes.fetch);
    checkGroups(bytes.size, layout, where);
    tables = await readTables(bytes, layout, where);
  } finally {
    await bytes.close();
  }
  const { header, groups, axes, ptypes } = layout;
  const stokes = stokesOf(axes.stokes);
  const card = (keyword: string) => {
    const value = header.get(keyword);
    return value === undefined ? undefined : String(value).trim();
  };

  async function* read(options: ReadUvfitsOptions = {}): AsyncGenerator<UvfitsGroups, void, undefined> {
    const { stokes: asked = 'I', signal } = optionsOf(options, 'read');
    const most = Math.max(1, Math.min(groups, Math.floor(pieceBytes / Math.max(1, layout.bytesPerGroup))));
    const decode = decoderOf(layout, handsOf(asked, stokes, where), most);
    const opened: OpenBytes = await source.open();
    try {
      for (let first = 0; first < groups; first += most) {
        throwIfAborted(signal, where);
        const count = Math.min(most, groups - first);
        const at = layout.dataStart + first * layout.bytesPerGroup;
        yield decode(await opened.fetchAll(at, count * layout.bytesPerGroup), first, count);
      }
    } finally {
      await opened.close();
    }
  }

  return {
    where,
    groups,
    channels: axes.freq.extent,
    ifs: axes.if.extent,
    stokes,
    parameters: ptypes,
    weighted: axes.complex.extent === 3,
    sources: tables.sources,
    telescope: card('TELESCOP'),
    object: card('OBJECT'),
    dateObs: card('DATE-OBS'),
    antennaName: (subarray, antenna) => tables.antennas.get(`${subarray}:${antenna}`) || String(antenna),
    frequenciesOf: (setup, id) => frequenciesOf(axes, tables, known(setup), known(id), where),
    read,
  };
}

function known(id: number): number | undefined {
  return id < 0 ? undefined : id;
}
