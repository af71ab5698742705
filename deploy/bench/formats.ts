/** Section: parsing and mapping of one record by each format of the demonstration's sources, against the bare writer in the same run. */
import { startPartners } from '#connectors/partners/server.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { contextFor } from '#harvesters/context.ts';
import { mappingOf, toItem } from '#harvesters/map.ts';
import { readSources, type Source, sourcesFolder } from '#harvesters/sources.ts';
import { askScript } from './child.ts';
import { startAfresh, WITHIN_MS } from './harvest.ts';
import type { Told } from './measures.ts';
import { withProvider } from './provider.ts';
import type { Bench } from './sections.ts';
import type { WriterAnswer, WriterInput } from './writer-process.ts';

const SECTION = 'formats';
const WRITTEN = 3_000;
const MOST_RECORDS = 500;
const MEASURED_MS = 1_000;
/** Their records are ten times as large as the others'. */
const HEAVY: ReadonlySet<string> = new Set(['lido', 'datatourisme']);

export async function formats(bench: Bench): Promise<Told[]> {
  const bare = await bareWriter(bench);
  const partners = await startPartners();
  try {
    const { sources } = await readSources(sourcesFolder(), { ...process.env, TRAME_PARTNERS: partners.url });
    const told: Told[] = [];
    for (const source of oneOfEach(sources)) {
      bench.tell(`  ${SECTION} : ${source.format.name}`);
      told.push(await measure(source, bare));
    }
    return told;
  } finally {
    await partners.close();
  }
}

/** Records a second of the bare writer, on a warm server. */
export async function bareWriter(bench: Bench): Promise<number> {
  return withProvider(WRITTEN, async (provider) => {
    await startAfresh(bench);
    const input: WriterInput = { connection: bench.connection, provider };
    // The server is warm at the second time.
    await askScript<WriterAnswer>('writer-process.ts', input, WITHIN_MS);
    await startAfresh(bench);
    const { written, seconds } = await askScript<WriterAnswer>('writer-process.ts', input, WITHIN_MS);
    return written / seconds;
  });
}

/** The first source of each format. */
function oneOfEach(sources: readonly Source[]): readonly Source[] {
  const first = new Map<string, Source>();
  for (const source of sources) if (!first.has(source.format.name)) first.set(source.format.name, source);
  return [...first.values()].sort((a, b) => (a.format.name < b.format.name ? -1 : 1));
}

async function measure(source: Source, bare: number): Promise<Told> {
  const { name } = source.format;
  const what = `${name} : lire et traduire`;
  const raws = await rawsOf(source);
  if (raws.length === 0) return { section: SECTION, what, skipped: `${source.name} ne donne aucune notice` };
  const mapping = mappingOf(source, createResolver(), true, new Date());
  let count = 0;
  const started = performance.now();
  while (performance.now() - started < MEASURED_MS) {
    for (const { id, raw } of raws)
      toItem({ kind: 'record', id, raw, row: source.connector.row(raw, source.options) }, mapping);
    count += raws.length;
  }
  const value = count / ((performance.now() - started) / 1000);
  const target = { least: HEAVY.has(name) ? 0.5 : 1 };
  return { section: SECTION, what, value, unit: 'notices/s', against: { what: 'écriture seule', value: bare }, target };
}

async function rawsOf(source: Source): Promise<readonly { readonly id: string; readonly raw: Uint8Array }[]> {
  const context = contextFor(source, new AbortController().signal, () => undefined);
  const raws: { id: string; raw: Uint8Array }[] = [];
  try {
    for await (const message of source.connector.read(source.options, context)) {
      if (message.kind === 'record') raws.push({ id: message.id, raw: message.raw });
      if (raws.length === MOST_RECORDS) break;
    }
  } finally {
    await context.close();
  }
  return raws;
}
