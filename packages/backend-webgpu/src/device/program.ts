import type { Lease } from './bufferPool.js';

/** A compute shader with the entry point `main`. A constant: pipelines are kept by its identity. */
export interface Program<P extends string = string, B extends string = string> {
  /** Shows in every message of the driver. */
  readonly label: string;
  /** The fields of the uniform struct at binding 0 of group 0: u32 numbers, `params.name` in WGSL. */
  readonly params: readonly P[];
  /** The storage buffers at the bindings from 1, under the names that they have in WGSL. */
  readonly buffers: readonly B[];
  readonly wgsl: string;
}

/** What an element of a buffer is. */
type Element = 'f32' | 'u32' | 'i32' | 'vec2f' | 'vec2i' | 'vec2u' | 'vec4u';

interface Signature<P extends string, R extends string, W extends string> {
  readonly label: string;
  readonly params: readonly P[];
  readonly reads: Readonly<Record<R, Element>>;
  readonly writes: Readonly<Record<W, Element>>;
  /** All but the struct and the bindings, which follow from the names. */
  readonly wgsl: string;
}

/** A program by its signature and its code. */
export function program<const P extends string, R extends string, W extends string>({
  label,
  params,
  reads,
  writes,
  wgsl,
}: Signature<P, R, W>): Program<P, R | W> {
  const read = namesOf(reads).map((name) => `<storage, read> ${name}: array<${reads[name]}>`);
  const written = namesOf(writes).map((name) => `<storage, read_write> ${name}: array<${writes[name]}>`);
  const declared = ['<uniform> params: Params', ...read, ...written];
  const bindings = declared.map((variable, at) => `@group(0) @binding(${at}) var${variable};\n`);
  return {
    label,
    params,
    buffers: [...namesOf(reads), ...namesOf(writes)],
    wgsl: `struct Params { ${params.map((name) => `${name}: u32`).join(', ')} }\n${bindings.join('')}${wgsl}`,
  };
}

function namesOf<N extends string>(record: Readonly<Record<N, unknown>>): readonly N[];
function namesOf(record: object): readonly string[] {
  return Object.keys(record);
}

/** One dispatch of a program. */
export interface Step {
  readonly program: Program;
  /** In the order of the program's. */
  readonly params: readonly number[];
  readonly buffers: readonly Lease[];
  readonly groups: Groups;
}

export type Groups = readonly [x: number, y?: number, z?: number];

/** A dispatch with parameters and buffers by their names. */
export function step<P extends string, B extends string>(
  program: Program<P, B>,
  params: Readonly<Record<NoInfer<P>, number>>,
  buffers: Readonly<Record<NoInfer<B>, Lease>>,
  groups: Groups,
): Step {
  return {
    program,
    params: program.params.map((name) => params[name]),
    buffers: program.buffers.map((name) => buffers[name]),
    groups,
  };
}

/** Invocations of a workgroup: the least that every device offers. */
export const groupSize = 256;

/** No dispatch may have more workgroups along an axis. */
const mostGroups = 65535;

/** Workgroups for `count` invocations; `overIndexes` numbers them. */
export function linearGroups(count: number): readonly [number, number] {
  const groups = Math.ceil(count / groupSize);
  const columns = Math.min(groups, mostGroups);
  return [columns, columns === 0 ? 0 : Math.ceil(groups / columns)];
}
