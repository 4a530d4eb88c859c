/** What the commands that take --inputs say of their files. */
export const fileFormat =
  'Inputs are arrays of a .npz file (numpy.savez) under the argument names of python-autojax, such as uv_wavelengths, ' +
  'with or without the prefix in.; names that begin with out. are results and never read. An input that is itself the ' +
  'result of a kernel (w_compact, mapping_matrix, dirty_image, ...) and is not in the file is computed first.';
