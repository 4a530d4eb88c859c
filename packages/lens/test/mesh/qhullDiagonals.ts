/**
 * Which squares of pixel centres of a 100 x 100 image of 0.2" Qhull (scipy.spatial.Delaunay of SciPy 1.15 and 1.17) halves from
 * their upper left to their lower right corner: all four corners lie on one circle, so that rounding decides.
 */
export function qhullDiagonals(row: number, column: number): boolean {
  const at = (row - 33) * 33 + (column - 33);
  return ((bytes[at >> 3] >> (7 - (at & 7))) & 1) === 1;
}

/** Of rows and columns 33 to 65, bit by bit. */
const bytes = Uint8Array.from(
  atob(
    [
      'XSWV1J10NRzpbSZdTm0K2WytQNPJqV3WWZ5ZFNKqqNdQnspVbCzYlS2pm7VVrJtWpSGxlLJNm1FGkstdWSaeKROudQxGNsZl1tSq',
      'zNSVq16lZSZarm2s5IztreU2ijrMVKrglWcnIsWsbK6ZTSG4o1RtSkxdiVSetbJVjqm44qjrquyMx6z1MYA=',
    ].join(''),
  ),
  (character) => character.charCodeAt(0),
);
