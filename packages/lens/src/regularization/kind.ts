import type { WeightedGraph } from '@wtilde/numerics';
import type { Mapper } from '../mapper/mapper.js';
import type { NaturalMapper } from '../mapper/naturalMapper.js';
import type { Parameter, Parameters, ValuesOf } from '../profile/kind.js';

/** How a regularization is described once: its parameters as data, and the H that they make of a mesh. */

/** What H is made of. A `Mapped` of {@link mapperOf} is one. */
export interface RegularizedMesh {
  /** Neighbours, places and the mapping of the source pixels. */
  readonly mapper: Mapper;
  /** The same where the mesh has natural neighbours and a frame. */
  readonly natural?: NaturalMapper | undefined;
  /** Whether the source pixels are the vertices of triangles, not the cells of a rectangle. */
  readonly triangulated: boolean;
  /** (M) the image that adaptive schemes follow. */
  readonly adaptImage?: Float64Array | undefined;
}

/** What a quantity changes by for every unit of what H was made of. */
export interface PriorDerivatives {
  /** By every parameter. */
  readonly parameters: Readonly<Record<string, number>>;
  /** (S, 2) by the places (y, x) of the source pixels, where H depends on them beside its neighbours. */
  readonly vertices?: Float64Array;
  /** (M, B) by the weights of the mapping, where H depends on them. */
  readonly mapping?: Float64Array;
}

/** H as the matrix of a weighted graph: sparse, with a log determinant that never sees a dense matrix. */
export interface GraphPrior {
  readonly graph: WeightedGraph;
  /**
   * @param byWeights (S, P) derivatives of a quantity by the weight of each edge, the same from both ends
   * @param byDiagonal (S) by the diagonal
   */
  pull(byWeights: Float64Array, byDiagonal: Float64Array): PriorDerivatives;
}

/** H as a dense matrix. */
export interface MatrixPrior {
  /** (S, S), symmetric positive definite. */
  readonly matrix: Float64Array;
  readonly logDet: number;
  /** Of the covariance that H is the inverse of, where it is one: how much its rounding is magnified in H. */
  readonly condition?: number;
  /**
   * The derivatives of a quantity that changes by the sum of byMatrix_ij dH_ij + byLogDet dlogDet.
   *
   * @param byMatrix (S, S) symmetric
   * @param byLogDet 0 where left out; apart, so that nothing is inverted to make it
   * @param around H byMatrix H (S, S), which the inverse of a covariance needs, where somebody has it
   */
  pull(byMatrix: Float64Array, byLogDet?: number, around?: Float64Array): PriorDerivatives;
}

/** What is believed of a source before the data, s^t H s, in the form that is cheapest to work with. */
export type SourcePrior = GraphPrior | MatrixPrior;

/** H as the inverse of a covariance, before anybody has made or inverted it. */
export interface CovariancePrior {
  /** All numbers that C is made of: the same ones make the same C. */
  readonly key: Float64Array;
  /** C (S, S), symmetric positive definite. */
  covariance(): Float64Array;
  /** H of C^-1, symmetric, log det C, and the condition of C. */
  inverted(inverse: Float64Array, logDet: number, condition: number): MatrixPrior;
}

/** A kind of regularization. */
export interface RegularizationKind<P extends Parameters = Parameters> {
  readonly doc: string;
  readonly formula: string;
  /** Where the formula is published. */
  readonly source: string;
  /** The class of PyAutoLens that is the same, where there is one. */
  readonly upstream?: string;
  /** What it needs beside a mesh. */
  readonly needs?: 'an adapt image' | 'natural neighbours' | 'triangles' | 'triangles and an adapt image';
  readonly parameters: P;
  prior(values: ValuesOf<P>, mesh: RegularizedMesh): SourcePrior | CovariancePrior;
}

/** Infers the types of a kind from its parameters. */
export function regularizationKind<const P extends Parameters>(kind: RegularizationKind<P>): RegularizationKind<P> {
  return kind;
}

/** How strongly the source is regularized. */
export const coefficient = {
  doc: 'how strongly it is regularized',
  above: 0,
} as const satisfies Parameter;

type Needed<P extends Parameters> = { [Name in keyof P]: P[Name] extends { default: number } ? never : Name }[keyof P];

/** What a caller writes: the name of the kind and its parameters, those with a default where they differ from it. */
export type RegularizationOf<Kinds extends Readonly<Record<string, { readonly parameters: Parameters }>>> = {
  readonly [Type in keyof Kinds]: { readonly type: Type } & {
    readonly [Name in Needed<Kinds[Type]['parameters']>]: number;
  } & {
    readonly [Name in Exclude<keyof Kinds[Type]['parameters'], Needed<Kinds[Type]['parameters']>>]?: number;
  };
}[keyof Kinds];
