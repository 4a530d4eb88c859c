/** What the terms of an evidence are called, in the order of tables. */
export const termLabels = [
  ['chiSquared', '  chi-squared of the reconstruction'],
  ['regularizationTerm', '  regularization term s^t H s'],
  ['logDetCurvatureRegMatrix', '  log det(F + H)'],
  ['logDetRegularizationMatrix', '  log det H'],
  ['noiseNormalization', '  noise normalization'],
  ['chiSquared0', '  chi-squared of an empty source'],
] as const;
