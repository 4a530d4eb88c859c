import type { Declaration } from '../../options/command.js';
import { choice, flag, needed, offering, standing, text, type Values, value } from '../../options/declare.js';
import { executor, force, json } from '../../options/shared.js';
import { count, indexRange, oneOf, positive, range } from '../../options/values.js';
import { help } from './text.js';

const options = {
  out: needed(
    text(
      '-o, --out <dir>',
      'folder for data.fits, noise_map.fits, uv_wavelengths.fits, manifest.json, and antennas.fits of a UVFITS file',
    ),
  ),
  conjugate: choice(
    '--conjugate',
    'change the sign of imaginary parts, or with --no-conjugate leave it (default: change it for UVFITS)',
  ),
  stokes: standing(
    offering(text('--stokes <name>', 'I, or what the file has: RR, XX, Q'), async () =>
      'I Q U V RR LL XX YY'.split(' '),
    ),
    'I',
  ),
  source: text('--source <name>', 'the source, of a file that has several'),
  channels: value('--channels <a:b>', 'channels a to b - 1 of every spectral window, from 0', indexRange),
  windows: value('--windows <a:b>', 'spectral windows a to b - 1, from 0', indexRange),
  uvrange: value('--uvrange <a:b>', 'baselines from a to b wavelengths', range),
  times: value('--times <a:b>', 'from a to b seconds after the first integration', range),
  averageTime: value('--average-time <s>', 'average every baseline over so many seconds', positive),
  field: value(
    '--field <arcsec>',
    'average no baseline over more seconds than lose 1 % of a point at this distance',
    positive,
  ),
  averageChannels: value('--average-channels <n>', 'average so many channels within their window', count),
  splitChannels: flag(
    '--split-channels',
    'a dataset for every channel, or --average-channels of them, with u and v of its own: DIR/channel-0, DIR/channel-1, ...',
  ),
  noise: standing(
    value(
      '--noise <way>',
      'weights: what the file says; differences: of neighbouring integrations; rms: the root mean square where both ' +
        'parts differ',
      oneOf('weights', 'differences', 'rms'),
    ),
    'weights',
  ),
  noiseGroups: standing(
    value(
      '--noise-groups <what>',
      'antenna: factors of antennas, which multiply; baseline: every baseline for itself',
      oneOf('antenna', 'baseline'),
    ),
    'antenna',
  ),
  noiseMap: text('--noise-map <file>', 'the noise, beside a file of visibilities; file.fits[1] names an HDU'),
  uvWavelengths: text('--uv-wavelengths <file>', 'u and v, beside a file of visibilities'),
  uvUnit: value(
    '--uv-unit <unit>',
    'of arrays: wavelengths, kilowavelengths or metres (default: metres beside frequencies, else wavelengths)',
    oneOf('wavelengths', 'kilowavelengths', 'metres'),
  ),
  executor,
  force,
  json,
};

export type ImportCommandOptions = Values<typeof options>;

const importCommand: Declaration<typeof options> = {
  name: 'import',
  help,
  operands: { '<path>': 'a UVFITS file, an .npz archive, a folder of three files, or one file of three' },
  options,
};

// No variable can have that name.
export { importCommand as import };
