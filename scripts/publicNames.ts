import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { type Manifest, packageDirectories, readJson } from './workspace.ts';

/** What an entry point exports of its own package: what it passes on from another is that one's. */
function publicNames(entry: string): readonly string[] {
  const source = ts.createSourceFile(entry, readFileSync(entry, 'utf8'), ts.ScriptTarget.Latest, false);
  return source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return declaredNames(statement);
    const { moduleSpecifier, exportClause } = statement;
    const isOwn =
      moduleSpecifier === undefined || (ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text.startsWith('.'));
    return isOwn && exportClause !== undefined && ts.isNamedExports(exportClause)
      ? exportClause.elements.map(({ name }) => name.text)
      : [];
  });
}

function declaredNames(statement: ts.Statement): readonly string[] {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  }
  const named =
    ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return named && statement.name !== undefined ? [statement.name.text] : [];
}

/** The names that more than one package exports, each with the packages: one name is one thing, wherever it comes from. */
export function namesInMany(): ReadonlyMap<string, readonly string[]> {
  const ownersOf = new Map<string, string[]>();
  for (const directory of packageDirectories()) {
    const entries = Object.keys(readJson<Manifest>(`packages/${directory}/package.json`).exports);
    const files = entries.map((entry) => `packages/${directory}/src/${entry === '.' ? 'index' : entry.slice(2)}.ts`);
    for (const name of new Set(files.filter(existsSync).flatMap(publicNames))) {
      ownersOf.set(name, [...(ownersOf.get(name) ?? []), directory]);
    }
  }
  return new Map([...ownersOf].filter(([, owners]) => owners.length > 1));
}
