/**
 * Where a table (`params.tableRows`, `params.tableColumns`) has W of two pixels of which the first stands `down` rows
 * below the second and `right` columns to its right.
 */
export interface Lookup {
  readonly label: string;
  readonly wgsl: string;
}

/** In half of the displacements (Ny, 2 Nx - 1), such as wCompact: W(-displacement) = W(displacement). */
export const half: Lookup = {
  label: 'half table',
  wgsl: /* wgsl */ `
fn displacement(down: i32, right: i32) -> u32 {
  let middle = i32(params.tableColumns) / 2;
  let column = middle + select(-right, right, down >= 0);
  return u32(abs(down) * i32(params.tableColumns) + column);
}
`,
};

/** In all displacements (2 Ny, 2 Nx), wrapped, such as the preload. */
export const wrapped: Lookup = {
  label: 'wrapped table',
  wgsl: /* wgsl */ `
fn displacement(down: i32, right: i32) -> u32 {
  let row = select(-down, i32(params.tableRows) - down, down > 0);
  let column = select(-right, i32(params.tableColumns) - right, right > 0);
  return u32(row * i32(params.tableColumns) + column);
}
`,
};
