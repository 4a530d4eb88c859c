import { type Backend, type KernelDescriptor, kernelOf, type LooseArgs } from '@wtilde/core-types';
import { compressMapping, probeEvidence, regularizationOfMatrix } from '@wtilde/numerics';
import { argumentsFor, hostArray } from './conversion.js';
import { estimateDerivatives, middleKernel } from './estimateDerivatives.js';
import { type InFloat64, isIndex, isReal, realArray, type StepRun, unknown } from './probing.js';
import type { ErrorEstimate, RunRecord } from './records.js';
import type { Settings } from './settings.js';
import { type Work, wait } from './work.js';

/**
 * The error that float32 steps leave in a composed evidence; undefined where no step ran in float32. F is probed on a
 * float64 backend with a few columns instead of S; D, being cheap, is made again in float64.
 */
export function* estimateError(
  settings: Settings,
  descriptor: KernelDescriptor,
  steps: readonly StepRun[],
): Work<ErrorEstimate | undefined> {
  const low = steps.filter(({ record }) => ranInFloat32(record));
  if (descriptor.minimumPrecision !== 'float64' || low.length === 0) return undefined;
  if (steps.some(({ kernel }) => kernel === middleKernel)) {
    return yield* estimateDerivatives(steps, low, (name, args) => inFloat64(settings, name, args));
  }
  const end = steps.find(({ kernel }) => kernel === 'evidenceTermsFrom');
  const F = steps.find(({ result }) => result === end?.args.curvatureMatrix);
  const D = low.find(({ kernel }) => kernel === 'sparseMappingMatrixTransposeMatmul');
  if (end === undefined || F === undefined || low.some((step) => step !== F && step !== D)) {
    return unknown(`no estimate covers float32 in ${low.map(({ kernel }) => kernel).join(', ')}`);
  }
  const [curvatureMatrix, regularizationMatrix, dataVector] = [
    realArray(end.args.curvatureMatrix),
    realArray(end.args.regularizationMatrix),
    realArray(end.args.dataVector),
  ];
  const indexes = yield* hostArray(F.args.pixIndexesForSubSlimIndex);
  const weights = yield* hostArray(F.args.pixWeightsForSubSlimIndex);
  if (!curvatureMatrix || !regularizationMatrix || !dataVector || !isIndex(indexes) || !isReal(weights)) {
    return unknown('the parts of the evidence are not on the host');
  }

  const terms = ['logDetRegularizationMatrix', 'chiSquared0', 'noiseNormalization'].reduce(
    (sum, name) => sum + Math.abs(Number(end.args[name])),
    0,
  );
  const regularization = regularizationOfMatrix(
    dataVector.shape[0],
    regularizationMatrix.data,
    realArray(end.args.regularizationRowSums)?.data,
  );
  const probe = probeEvidence({ curvatureMatrix, regularization, dataVector, terms });
  const mapping = compressMapping(indexes, weights, probe.columns);
  const forms = yield* inFloat64(settings, F.kernel, { ...F.args, ...mapping });
  if (!isReal(forms?.result)) return unknown(`no float64 backend implements ${F.kernel}`);
  const column = D === undefined ? undefined : yield* inFloat64(settings, D.kernel, D.args);
  const exactDataVector = isReal(column?.result) ? column.result : undefined;
  if (D !== undefined && exactDataVector === undefined) return unknown(`no float64 backend implements ${D.kernel}`);
  const how = `${probe.columns.shape[1]} quadratic forms of the curvature matrix in float64 on ${forms.backend}`;
  const error = probe.errorFrom(forms.result, exactDataVector);
  return Number.isFinite(error) ? { error, how } : unknown(`F + H is too close to singular for float32, by ${how}`);
}

/** Runs a kernel on the first float64 backend that has it. */
function* inFloat64(settings: Settings, name: string, args: LooseArgs): ReturnType<InFloat64> {
  const usual = [settings.defaultOf(name).id, ...settings.fallback];
  const rank = ({ id }: Backend) => (usual.includes(id) ? usual.indexOf(id) : usual.length);
  const ordered = [...settings.backends].sort((a, b) => rank(a) - rank(b));
  const backend = ordered.find((each) => each.precision === 'float64' && kernelOf(each, name) !== undefined);
  const kernel = backend === undefined ? undefined : kernelOf(backend, name);
  if (backend === undefined || kernel === undefined) return undefined;
  const result = yield* wait(kernel(yield* argumentsFor(backend, name, args, 'always-host')));
  return { result, backend: backend.id };
}

function ranInFloat32(record: RunRecord): boolean {
  return record.ran === 'whole' ? record.precision === 'float32' : record.steps.some(ranInFloat32);
}
