/** What a warning is about; stable, as the codes of errors are. */
export type WarningCode =
  | 'CoarsePixels'
  | 'MaskBelowBeam'
  | 'MaskBeyondLargestScale'
  | 'MaskBeyondImage'
  | 'FewImagePixels'
  | 'EinsteinRadiusBeyondMask'
  | 'NearlySingularPrior'
  | 'BaselinesTooShort'
  | 'BaselinesTooLong'
  | 'LargeWTerm';

/** Something that can be computed and hardly makes sense: a number was returned, and is to be mistrusted. */
export interface Warning {
  readonly code: WarningCode;
  /** One sentence without the values. */
  readonly what: string;
  /** The argument concerned. */
  readonly where: string;
  /** The values that it is about, with their units. */
  readonly values: string;
  /** What can be done about it. */
  readonly remedy: string;
}
