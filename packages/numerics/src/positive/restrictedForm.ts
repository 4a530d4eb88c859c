import { Components, type RegularizationForm } from '../evidence/regularizationForm.js';

/** The regularization of some source pixels beside others that are 0: what couples the two holds the former. O(edges). */
export function restrictedForm(form: RegularizationForm, pixels: Int32Array): RegularizationForm {
  const order = pixels.length;
  const places = new Int32Array(form.order).fill(-1);
  pixels.forEach((pixel, place) => {
    places[pixel] = place;
  });
  const excess = Float64Array.from(pixels, (pixel) => form.excess[pixel]);
  const components = new Components(order);
  const edges: { readonly row: number; readonly column: number; readonly value: number }[] = [];
  form.visitLower((from, to, value) => {
    const [row, column] = [places[from], places[to]];
    if (from === to) return;
    if (row < 0 && column < 0) return;
    if (row < 0) excess[column] -= value;
    else if (column < 0) excess[row] -= value;
    else {
      edges.push({ row: Math.max(row, column), column: Math.min(row, column), value });
      components.join(row, column);
    }
  });
  const diagonal = Float64Array.from(excess);
  for (const { row, column, value } of edges) {
    diagonal[row] -= value;
    diagonal[column] -= value;
  }
  return {
    order,
    excess,
    roots: components.roots(),
    trace: diagonal.reduce((sum, value) => sum + value, 0),
    roughness: (t) => edges.reduce((sum, { row, column, value }) => sum - value * (t[row] - t[column]) ** 2, 0),
    visitLower(visit) {
      diagonal.forEach((value, i) => {
        visit(i, i, value);
      });
      for (const { row, column, value } of edges) visit(row, column, value);
    },
  };
}
