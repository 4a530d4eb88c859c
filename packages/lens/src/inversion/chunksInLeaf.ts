/**
 * Chunks that are summed one after the other. Such leaves are added in pairs: the sum of 8, 16, 32, ... chunks from a
 * multiple of that number on is a node of the tree, whoever made it.
 */
export const chunksInLeaf = 8;
