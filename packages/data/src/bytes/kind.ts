/** What bytes look like, for messages about files that are something else than they should be. */
export interface ByteKind {
  readonly id: 'empty' | 'fits' | 'npz' | 'npy' | 'gzip' | 'bzip2' | 'hdf5' | 'html' | 'pointer' | 'json' | 'other';
  /** With its article, as in "this is a FITS file". */
  readonly name: string;
}

/** By their first bytes, read as Latin-1. */
const known: readonly (readonly [id: ByteKind['id'], name: string, ...begins: (string | RegExp)[]])[] = [
  ['empty', 'an empty file', /^$/],
  ['fits', 'a FITS file', 'SIMPLE  ='],
  ['npz', 'a ZIP archive, as .npz files are', 'PK\x03\x04', 'PK\x05\x06'],
  ['npy', 'a single NumPy array (.npy)', '\x93NUMPY'],
  ['gzip', 'a file packed with gzip', '\x1f\x8b'],
  ['bzip2', 'a file packed with bzip2', 'BZh'],
  ['hdf5', 'an HDF5 file', '\x89HDF\r\n\x1a\n'],
  ['html', 'a web page', /^\s*<(!doctype|html)/i],
  ['pointer', 'a Git LFS pointer, not the file itself', 'version https://git-lfs'],
  ['json', 'a JSON text', /^\s*[{[]/],
];

/** As many bytes as {@link kindOf} looks at. */
export const kindBytes = 64;

/** Tells what a file is from how it begins. */
export function kindOf(bytes: Uint8Array): ByteKind {
  const start = String.fromCharCode(...bytes.subarray(0, kindBytes));
  const matches = (begin: string | RegExp) => (typeof begin === 'string' ? start.startsWith(begin) : begin.test(start));
  const [id, name] = known.find(([, , ...begins]) => begins.some(matches)) ?? [
    'other',
    'a file of no kind that is known',
  ];
  return { id, name };
}
