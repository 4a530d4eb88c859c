import { fileURLToPath } from 'node:url';

/** The built page: beside `dist`. */
export const pageFolder = fileURLToPath(new URL('../../../explorer/', import.meta.url));
