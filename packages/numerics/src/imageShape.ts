/** An image of rows by columns pixels, such as one whose displacements W is wanted for. */
export interface ImageShape {
  readonly rows: number;
  readonly columns: number;
}
