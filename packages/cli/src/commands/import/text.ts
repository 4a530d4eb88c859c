import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'what a telescope delivers, as a dataset',
  description:
    'Makes a dataset of a UVFITS file (CASA exportuvfits, AIPS, DIFMAP, pyuvdata), of NumPy arrays (PyAutoLens, MPoL, ' +
    'visread) or of three files of any names: selects, drops autocorrelations and flags, averages, and sets the noise. ' +
    'Writes the three FITS files that the other commands take, and manifest.json with hashes and every choice.',
  details: [
    'Noise: weights are often wrong by factors. The report compares them with what neighbouring integrations of every ' +
      'baseline differ by; --noise differences takes that instead, per antenna or per baseline.',
    'Orientation: the data of the dataset are V = sum I exp(-2 pi i (x u + y v)) with x to the East and y to the North. ' +
      'UVFITS files have the opposite sign and are conjugated, other forms are not; --conjugate and --no-conjugate ' +
      'decide otherwise.',
    'Arrays: data or visibilities, noise_map or weight, uv_wavelengths or uu and vv; a flag is a weight of 0 or ' +
      'infinite noise.',
  ],
  examples: [
    'wtilde import lens.uvfits --out lens --noise differences --average-time 30',
    'wtilde import survey.uvfits --out sdp81 --source SDP.81 --channels 4:124 --average-channels 30',
    'wtilde import cube.uvfits --out cube --split-channels --average-channels 4',
    'wtilde import vis.fits --noise-map sigma.fits --uv-wavelengths uv.fits[1] --out lens',
  ],
};
