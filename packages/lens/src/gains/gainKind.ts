/** What of a gain is uncertain. */
export type GainKind = 'phase' | 'amplitude';
