import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** What a user would write; a mark stands before every name that is pointed at. */
const program = `
import { createLoopsBackend } from '@wtilde/backend-loops';
import { real } from '@wtilde/core-types';
import { createDispatcher, createSyncDispatcher } from '@wtilde/dispatch';
import type { Evidence, LensModel, LightProfile } from '@wtilde/lens';

const loops = createLoopsBackend();
const d = createDispatcher({ backends: [loops] });
const sync = createSyncDispatcher({ backends: [loops] });
const mappingMatrix = real([1, 2], [1, 2]);
d./*call*/dataVectorFrom({ /*argument*/mappingMatrix, /*image*/dirtyImage: real([1]) });
const bound = d./*bind*/dataVectorFrom.bind({ /*fixed*/mappingMatrix });
bound({ /*rest*/dirtyImage: real([1]) });
sync./*sync*/dataVectorFrom({ mappingMatrix, dirtyImage: real([1]) });
loops.kernels./*backend*/dataVectorFrom({ mappingMatrix, dirtyImage: real([1]) });
sync.mask2dCircularFrom({ shapeNative: [3, 3], pixelScales: [1, 1], radius: 1, /*default*/centre: [0, 0] });

const lens: LensModel = {
  mass: [{ type: 'Isothermal', /*parameter*/einsteinRadius: 1.6, /*ellipse*/axisRatio: 0.9 },
         { type: 'ExternalShear', /*shear*/gamma1: 0.02, gamma2: 0 }],
};
const light: LightProfile = { type: 'Sersic', intensity: 1, effectiveRadius: 1, /*light*/sersicIndex: 1 };
declare const evidence: Evidence;
evidence./*evidence*/logEvidence;
evidence.terms./*term*/logDetCurvatureRegMatrix;
`;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const file = `${root}packages/cli/test/pointedAt.ts`;
const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2023.d.ts'],
  types: [],
  paths: { '@wtilde/*': [`${root}packages/*/src/index.ts`] },
};
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [file],
  getScriptVersion: () => '1',
  getScriptSnapshot(name) {
    const text = name === file ? program : ts.sys.readFile(name);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
});

/** What an editor shows of the name behind a mark. */
function shown(mark: string): string {
  const at = program.indexOf(`/*${mark}*/`) + `/*${mark}*/`.length;
  const info = service.getQuickInfoAtPosition(file, at);
  return (info?.documentation ?? []).map(({ text }) => text).join('');
}

test('the program is one that compiles', () => {
  const mistakes = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
  expect(mistakes.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

const kernel = [
  'D = T^t dirtyImage',
  '- `mappingMatrix` (M, S) real: the mapping matrix T',
  'Returns (S) real: the data vector D. In float64 and float32.',
  '`data_vector_from` of python-autojax.',
];

test.each<[mark: string, texts: readonly string[]]>([
  ['call', kernel],
  ['bind', kernel],
  ['sync', kernel],
  ['backend', kernel],
  ['argument', ['(M, S) real: the mapping matrix T.']],
  ['image', ['(M) real: the dirty image.']],
  ['fixed', ['(M, S) real: the mapping matrix T.']],
  ['rest', ['(M) real: the dirty image.']],
  ['default', ['centre (y, x) in arcsec, positive up and right. Default: (0, 0).']],
  ['parameter', ['Einstein radius in arcsec. A number from 0 to 1296000.']],
  ['ellipse', ['Minor over major axis, from 0.0001 to 1. Default: 1.']],
  ['shear', ['Shear along the axes.']],
  ['light', ['Sersic index n. A number from 0.5.']],
  ['evidence', ['-1/2 [chi-squared + s^t H s + log det(F + H) - log det H + noise normalization]']],
  ['term', ['number: logdet(F+H).']],
])('an editor shows of the %s what it is', (mark, texts) => {
  const text = shown(mark);
  for (const each of texts) expect(text).toContain(each);
});
