/** Everything that the host calls. Functions that begin with (item, thread, ...) may run on several threads at once. */
export { choleskyGroup, choleskyPanel, factorDiagonal, factorDiagonalOf, packLower, solveFactored, solvePanel, subtractPanel } from './cholesky';
export { curvatureConvolution } from './curvatureConvolution';
export { curvatureDirect } from './curvatureDirect';
export { directBlock, directPoints, directScratch, directSums, directVisibilities } from './directSums';
export { dot, quadraticForm } from './dot';
export { eliminateNetwork } from './groundedLaplacian';
export { inverseSquares } from './inverseSquares';
export { latticeSumsChunk, latticeSumsScratch, latticeSumsUnfold } from './latticeSums';
export { latticeVisibilitiesBlock, latticeVisibilitiesScratch } from './latticeVisibilities';
export { matmul, matmulRows, packColumns, packRows, unpad } from './matmul';
export { curvatureFromDenseW, transposeMatmul } from './sparseProducts';
export { addTransposeInPlace, mirrorLower, symmetricBlock } from './symmetric';
export { expandRowCount, expandRows } from './wTildeExpand';
export { addPointProducts, pointBlock, pointTables, pointTablesLength } from './wTildePoints';
export { nufftColumns, nufftFold, nufftRows } from './nufftModes';
export { nufftBands, nufftCount, nufftPlaces, nufftScatter, nufftTilesAcross } from './nufftPoints';
export { nufftSpread } from './nufftSpread';
export { turnStrengths } from './turnStrengths';
