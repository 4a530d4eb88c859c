/** What an import of a package that need not be there gives; undefined where nobody installed it. */
export async function whereInstalled<T>(name: string, importPackage: () => Promise<T>): Promise<T | undefined> {
  try {
    return await importPackage();
  } catch (cause) {
    // Something else that is missing, such as a dependency of the package, is a reason of its own.
    if (cause instanceof Error && cause.message.includes(`'${name}'`)) return undefined;
    throw cause;
  }
}
