import type { Range } from '../arguments/range.js';
import type { DocumentedProfiles } from './documented.js';

/** How a profile is described once: its parameters as data, from which types, checks and documentation follow. */

type Unit = 'arcsec' | 'degrees';

/** A parameter that is one number. */
export interface Parameter extends Range {
  readonly doc: string;
  /** Absent where it is a pure number. */
  readonly unit?: Unit;
  /** Where absent, the parameter must be given. */
  readonly default?: number;
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** The values of all parameters, defaults filled in. */
export type ValuesOf<P extends Parameters> = { readonly [Name in keyof P]: number };

/** Whether a profile has an axis ratio and an angle of its own. */
export type Symmetry = 'elliptical' | 'circular';

/** A kind of profile: what it takes, and how it is turned into functions of a position in its own frame. */
export interface ProfileKind<P extends Parameters, S extends Symmetry, Law> {
  readonly doc: string;
  readonly formula: string;
  /** Where the formula is published. */
  readonly source: string;
  readonly symmetry: S;
  readonly parameters: P;
  /** The profile around the origin with its major axis along x. `axisRatio` is 1 where the profile is round. */
  prepare(values: ValuesOf<P>, axisRatio: number): Law;
}

/** An ellipse: minor over major axis, and the angle of the major axis in degrees counter-clockwise from the x axis. */
type Ellipse =
  | {
      /** Minor over major axis, from 0.0001 to 1. Default: 1. */
      readonly axisRatio?: number;
      /** Of the major axis, in degrees counter-clockwise from the x axis. Default: 0. */
      readonly angle?: number;
      readonly ellComps?: undefined;
    }
  | {
      /** (e sin 2 angle, e cos 2 angle) with e = (1 - axisRatio) / (1 + axisRatio), instead of axis ratio and angle. */
      readonly ellComps: readonly [number, number];
      readonly axisRatio?: undefined;
      readonly angle?: undefined;
    };

/** What a caller writes: the name of the kind, its parameters, and where it stands. */
export type ProfileOf<Kinds extends Readonly<Record<string, ProfileKind<Parameters, Symmetry, unknown>>>> = {
  readonly [Type in keyof Kinds & keyof DocumentedProfiles]: {
    readonly type: Type;
    /** (y, x) in arcsec; by default (0, 0). */
    readonly centre?: readonly [number, number];
  } & DocumentedProfiles[Type] &
    (Kinds[Type]['symmetry'] extends 'elliptical' ? Ellipse : unknown);
}[keyof Kinds & keyof DocumentedProfiles];

/** Infers the types of a kind from its parameters. */
export function profileKind<const P extends Parameters, const S extends Symmetry, Law>(
  kind: ProfileKind<P, S, Law>,
): ProfileKind<P, S, Law> {
  return kind;
}
