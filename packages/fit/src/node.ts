export * from './index.js';
export { folderJournal } from './journal/folder.js';
