import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  allKernels,
  createValidator,
  findKernel,
  isKernelName,
  kernelNames,
  kernels,
  parseDim,
  symbolFacts,
  symbols,
  symbolsOf,
  tolerances,
  upstreamNames,
} from '../src/index.js';
import { errorOf } from './support/errors.js';
import { exampled, exampleOf } from './support/examples.js';

/** Ours differ from the camelCase of upstream's: its typo. */
const renamed: Readonly<Record<string, string>> = {
  curvature_matrix_via_w_wilde_sparse_mapping_matrix_from: 'curvatureMatrixViaWTildeSparseMappingMatrixFrom',
};

/** snake_case to camelCase; digits are kept and the letter after them stays lower case. */
const camelCase = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

describe('the catalogue', () => {
  test('gives every number once, upstream those up to 20', () => {
    const numbers = allKernels().map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(kernelNames()).toEqual(allKernels().map(({ name }) => name));
    for (const { number, origin } of allKernels()) expect(number <= 20).toBe(origin === 'upstream');
  });

  test('has one file per kernel, and each kernel under its own name', () => {
    const files = readdirSync(new URL('../src/kernels', import.meta.url)).filter((file) => file !== 'index.ts');
    expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual([...kernelNames()].sort());
    for (const [key, { name }] of Object.entries(kernels)) expect(name).toBe(key);
  });

  test('names are the camelCase of upstream names, except where documented', () => {
    for (const { name, upstream, upstreamDifference } of allKernels()) {
      expect(name).toBe(renamed[upstream] ?? camelCase(upstream));
      if (Object.hasOwn(renamed, upstream)) expect(upstreamDifference).toContain('typo');
    }
  });

  test('takes its letters from the table of symbols, all of them', () => {
    const used = allKernels().flatMap(({ params }) => Object.values(params).flatMap(symbolsOf));
    expect([...new Set(used)].sort()).toEqual(Object.keys(symbols).sort());
    expect(symbolFacts('S')).toEqual({ doc: 'source pixels', least: 1 });
    expect(symbolFacts('toString')).toEqual({ doc: 'a size of its own', least: 0 });
  });

  test('documents itself', () => {
    for (const { formula, params, returns } of allKernels()) {
      const entries = returns.kind === 'record' ? Object.values(returns.entries) : [];
      for (const text of [
        formula,
        returns.doc,
        ...Object.values(params).map(({ doc }) => doc),
        ...entries.map(({ doc }) => doc),
      ]) {
        expect(text).toMatch(/\S/);
      }
    }
  });

  test('needs float64 where float32 has no tolerance', () => {
    for (const { name, minimumPrecision, returns } of allKernels()) {
      const leaves = returns.kind === 'record' ? Object.values(returns.entries) : [returns];
      if (leaves.every(({ numericClass }) => tolerances[numericClass].float32 !== undefined)) continue;
      expect(minimumPrecision, name).toBe('float64');
    }
    // Where float32 would have a tolerance and lose the ridge.
    expect(kernels.constantRegularizationMatrixFrom.minimumPrecision).toBe('float64');
    expect(kernels.weightedRegularizationMatrixFrom.minimumPrecision).toBe('float64');
  });

  test('derivatives name a number that there is, and have the shape of the argument', () => {
    let found = 0;
    for (const kernel of allKernels()) {
      const { name, returns } = kernel;
      const results = returns.kind === 'record' ? Object.values(returns.entries) : [returns];
      for (const result of results) {
        if (result.kind !== 'array' || result.derivativeOf === undefined) continue;
        found += 1;
        const { kernel: of = name, entry, by, edges } = result.derivativeOf;
        const { params, returns: number } = findKernel(of);
        const leaf = number.kind === 'record' && entry !== undefined ? number.entries[entry] : number;
        expect(leaf.kind, name).toBe('scalar');
        const argument = params[by];
        expect(argument.kind === 'array' ? argument.dims : [], `${name} by ${by}`).toEqual(result.dims);
        if (edges) expect(Object.keys(params)).toContain('neighbors');
      }
    }
    expect(found).toBeGreaterThanOrEqual(14);
  });

  test('extents can be read, and those of results follow from parameters', () => {
    for (const { name, params, returns } of allKernels()) {
      const bound = new Set<string | undefined>([undefined]);
      for (const param of Object.values(params)) {
        if (param.kind === 'array') for (const dim of param.dims) bound.add(parseDim(dim).symbol);
        else if (param.kind === 'pair') for (const symbol of param.binds ?? []) bound.add(symbol);
        else bound.add(param.binds);
      }
      const results = returns.kind === 'record' ? Object.values(returns.entries) : [returns];
      for (const result of results) {
        if (result.kind !== 'array') continue;
        for (const dim of result.dims) expect(bound.has(parseDim(dim).symbol), `${name} ${dim}`).toBe(true);
      }
    }
  });

  test('results that are compared by a yardstick have one, and it is a number above zero', () => {
    for (const kernel of exampled) {
      const { returns, yardsticks } = findKernel(kernel);
      const entries = returns.kind === 'record' ? Object.values(returns.entries) : [returns];
      const classes = new Set(entries.map(({ numericClass }) => numericClass));
      const { args, sizes } = createValidator(findKernel(kernel)).validate(exampleOf(kernel));
      const found = yardsticks?.(args, sizes) ?? {};
      if (classes.has('transform')) expect(found.transform?.strength, kernel).toBeGreaterThan(0);
      if (classes.has('transform')) expect(found.transform?.maxPhase, kernel).toBeGreaterThan(0);
      if (classes.has('solve')) expect(found.system?.matrix.shape, kernel).toEqual([3, 3]);
      if (classes.has('evidence') || classes.has('logDeterminant')) expect(found.terms, kernel).toBeGreaterThan(0);
    }
  });
});

describe('looking kernels up', () => {
  test('by either name', () => {
    for (const kernel of allKernels()) {
      expect(findKernel(kernel.name)).toBe(kernel);
      expect(findKernel(kernel.upstream)).toBe(kernel);
    }
  });

  test('an unknown name tells how many there are, how they are spelt, and where they are listed', () => {
    for (const name of ['data_vector', '', 'toString', '__proto__', 'DATA_VECTOR_FROM']) {
      const error = errorOf(() => findKernel(name), 'UnknownKernel');
      expect(error.expected).toBe(
        `one of ${allKernels().length}, in either spelling: mappingMatrixFrom or mapping_matrix_from`,
      );
      expect(error.remedy).toContain('wtilde kernel --help');
    }
  });

  test('isKernelName knows ours only', () => {
    expect([isKernelName('dataVectorFrom'), isKernelName('data_vector_from'), isKernelName('toString')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the names that data files use', () => {
  test('are snake_case, digits apart', () => {
    expect(upstreamNames('uvWavelengths', {})).toEqual(['uv_wavelengths']);
    expect(upstreamNames('shapeMaskedPixels2d', {})).toEqual(['shape_masked_pixels_2d']);
    expect(upstreamNames('gridRadians2d', {})).toEqual(['grid_radians_2d']);
    expect(upstreamNames('chiSquared0', {})).toEqual(['chi_squared_0']);
    expect(upstreamNames('data', {})).toEqual(['data']);
  });

  test('or those that the descriptor gives', () => {
    expect(upstreamNames('pixels', findKernel('mappingMatrixFrom').params.pixels)).toEqual(['pixels', 'pix_pixels']);
  });
});
