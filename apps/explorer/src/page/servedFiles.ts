/** The files that the server of the page has been given: `data/index.json` names them. None on a plain static host. */
export async function servedFiles(): Promise<readonly File[]> {
  const answer = await fetch('data/index.json');
  if (!answer.ok) return [];
  const { files }: { readonly files: readonly { readonly name: string; readonly url: string }[] } = await answer.json();
  return await Promise.all(
    files.map(async ({ name, url }) => new File([await (await fetch(url)).arrayBuffer()], name)),
  );
}
