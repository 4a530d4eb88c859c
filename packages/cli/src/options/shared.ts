/** Options that several commands have. */
import { flag, needed, offering, standing, text, texts, type Values, value } from './declare.js';
import { backendIds, executorTexts, meshTexts, regularizationTexts } from './offers.js';
import { count, fraction, oneOf, pair, positive, seed, shape, skyPosition, spread } from './values.js';

export const force = flag('--force', 'replace files that exist');
export const json = flag('--json', 'print one JSON object');
export const strict = flag('--strict', 'make warnings errors');

export type ForceOption = Values<{ readonly force: typeof force }>;

/** Of commands that take the arrays of an archive. */
export const inputOptions = {
  inputs: text('-i, --inputs <file.npz>', 'the input arrays (default: the bundled dataset)'),
  maxBytes: value('--max-bytes <n>', 'refuse arrays larger than this together (default: 2 GiB)', count),
};

export type InputOptions = Values<typeof inputOptions>;

/** Of commands that run on one backend. */
export const backend = offering(text('-b, --backend <id>', 'the backend to run on (default: wasm)'), backendIds);

/** Of commands whose work can be shared. */
export const executor = offering(
  text(
    '--executor <how>',
    'share the work: threads[:N], bullmq:redis://HOST:PORT[/DB] with wtilde worker, inline, or, of prepare, array:DIR for ' +
      'SLURM and Kubernetes; of evidence, with --lens -; the same result, bit for bit (needs @wtilde/executor)',
  ),
  executorTexts,
);

/** The pixels that the sky is divided into. */
export const maskOptions = {
  maskRadius: value('--mask-radius <arcsec>', 'a circular mask', positive),
  maskInnerRadius: value('--mask-inner-radius <arcsec>', 'makes the mask an annulus', positive),
  maskCentre: value('--mask-centre <y,x>', 'where the centre of the mask is, in arcsec (default: 0,0)', pair),
  mask: text('--mask <file.fits>', 'a mask from an image instead: not 0 is masked'),
  maskOrigin: value(
    '--mask-origin <row>',
    'where the first row of the file of a mask is: top, as of PyAutoLens, or bottom, as DS9 and CARTA draw it (default: as its world coordinates say, else top)',
    oneOf('top', 'bottom'),
  ),
  pixelScale: value(
    '--pixel-scale <arcsec>',
    'side of a pixel (default: that of the file of a mask, where it has one)',
    positive,
  ),
  shape: value('--shape <n>', 'pixels along each side of the image, or rows x columns: 100, 80x100', shape),
};

export type MaskOptions = Values<typeof maskOptions>;

/** How much of the sky the antennas see. */
export const primaryBeamOptions = {
  primaryBeam: text(
    '--primary-beam <beam>',
    'gaussian:WIDTH (full width at half maximum in arcsec), dish:METRES@HERTZ, or a FITS image on the pixels of the mask',
  ),
  pointing: value('--pointing <y,x>', 'where the antennas point, in arcsec (default: 0,0)', pair),
};

/** What of the gains of antennas is averaged over. */
const antennaOptions = {
  antennaPhases: value(
    '--antenna-phases <deg[:s]>',
    'average over phases of antennas that are off by so many degrees, each for so many seconds (default: all the time)',
    spread,
  ),
  antennaAmplitudes: value(
    '--antenna-amplitudes <part[:s]>',
    'average over amplitudes of antennas that are off by this part, such as 0.05, with the seconds of phases',
    spread,
  ),
  antennaReference: text(
    '--antenna-reference <file.npz>',
    'what they act on: the lensed image, and the gains, of an earlier wtilde evidence or fit (default: the visibilities)',
  ),
};

/** How visibilities are summed over these pixels. A prepared dataset has taken these in and cannot change them. */
export const summingOptions = {
  ...maskOptions,
  ...primaryBeamOptions,
  ...antennaOptions,
  tolerance: value('-t, --tolerance <t>', 'relative error allowed to the transforms of the visibilities', fraction),
  noise: value(
    '--noise <rms>',
    'rms: use the root mean square where the noise of real and imaginary part differ',
    oneOf('rms'),
  ),
};

export type SummingOptions = Values<typeof summingOptions>;

/** The three FITS files of a dataset. */
export const data = needed(text('-d, --data <dir>', 'folder of data.fits, noise_map.fits and uv_wavelengths.fits'));

/** Where visibilities come from, and how they are summed. */
export type DatasetOptions = Values<typeof summingOptions & { readonly data: typeof data }>;

const adaptImage = text(
  '--adapt-image <file>',
  'the lensed source as it is known before, which adaptive meshes and regularizations follow: a FITS image, .npy, or ' +
    'what an earlier wtilde evidence or fit wrote, its folder or archive',
);

/** A guess at the lens and its source. */
export const modelOptions = {
  lens: needed(text('-l, --lens <file.json>', 'the lens model; for wtilde evidence, - reads one a line from stdin')),
  mesh: standing(
    offering(
      text(
        '--mesh <mesh>',
        'the source pixels: overlay:ROWSxCOLUMNS (natural neighbours in a frame: an evidence without jumps), ' +
          'overlay:ROWSxCOLUMNS:barycentric (as PyAutoLens has it), hilbert:PIXELS, points:FILE, rectangular:ROWSxCOLUMNS, ' +
          'rectangularAdaptDensity:ROWSxCOLUMNS or rectangularAdaptImage:ROWSxCOLUMNS; none (evidence): light profiles alone; ' +
          'see the help of wtilde evidence',
      ),
      meshTexts,
    ),
    'overlay:30x30',
  ),
  regularization: offering(
    text(
      '--regularization <kind>',
      'how smooth the source is: gradient:COEFFICIENT (default on natural neighbours: gradient:1), constant:COEFFICIENT ' +
        '(default elsewhere: constant:1), or NAME:parameter=value,...; wtilde regularizations lists them',
    ),
    regularizationTexts,
  ),
  adaptImage,
  borderRelocator: flag('--border-relocator', 'draw what is traced beyond the border of the mask back to it'),
};

export type ModelOptions = Values<typeof modelOptions>;

/** Which source is taken. */
export const positiveSource = flag('--positive', 'take the best source of which no pixel is negative');

/** How pictures are labelled. */
export const pictureOptions = {
  unit: standing(text('--unit <unit>', 'what visibilities are in, for pictures'), 'Jy'),
  phaseCentre: value(
    '--phase-centre <ra,dec>',
    'where 0,0 is on the sky, in degrees (ICRS): FITS images get RA and Dec instead of offsets',
    skyPosition,
  ),
};

export type PictureOptions = Values<typeof pictureOptions>;

/** What is searched for, and how the search is kept. */
export const searchOptions = {
  data: needed(
    texts(
      '-d, --data <dir>',
      'folder of data.fits, noise_map.fits and uv_wavelengths.fits, or a file of wtilde prepare; may be repeated: one ' +
        'lens, a source for each',
    ),
  ),
  model: needed(text('--model <file.json>', 'the lens model, with priors for what is to be found')),
  ...summingOptions,
  mesh: offering(
    text(
      '--mesh <mesh>',
      'the source pixels, where the model does not say: overlay:ROWSxCOLUMNS, on natural neighbours; none: light profiles alone',
    ),
    async () => ['overlay:30x30', 'none'],
  ),
  regularization: offering(
    text(
      '--regularization <kind>',
      'how smooth the source is, where the model does not say: gradient:COEFFICIENT, or NAME:parameter=value,...; wtilde ' +
        'regularizations lists them',
    ),
    regularizationTexts,
  ),
  adaptImage,
  positive: positiveSource,
  ...pictureOptions,
  fixRegularization: flag(
    '--fix-regularization',
    'keep the coefficients of the regularization, and the scale of a kernel, instead of fitting them',
  ),
  seed: standing(value('--seed <n>', 'the same gives the same result', seed), 1),
  workers: value('--workers <n>', 'evidences side by side (default: one for every core)', count),
  executor,
  backend,
  out: text('-o, --out <dir>', 'folder for the result, and a checkpoint after every batch'),
  resume: flag('--resume', 'go on with the run whose checkpoint is in that folder'),
  force,
  strict,
  json,
};

export type SearchOptions = Values<typeof searchOptions>;
