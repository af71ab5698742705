/** The bench's source, read from its file as any other is. */
import { fileURLToPath } from 'node:url';
import { words } from '#graph-schema/findings/finding.ts';
import { readSource, type Source } from '#harvesters/sources.ts';

/** `provider` is the address of the bench's OAI-PMH provider; `name` tells two sources that read it from each other. */
export async function benchSource(provider: string, name?: string): Promise<Source> {
  const file = fileURLToPath(new URL('source.yaml', import.meta.url));
  const result = await readSource(file, { TRAME_BENCH_PROVIDER: provider });
  if ('source' in result) {
    const { source } = result;
    return name === undefined ? source : { ...source, name, about: { ...source.about, name } };
  }
  throw new Error(result.findings.map((found) => words(found).text).join('\n'));
}
