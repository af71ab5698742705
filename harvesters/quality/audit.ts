/** The audit of a source: every live record judged, its figures of the day kept, so that a museum sees over time what its work brought. */
import type { Database } from '#graph-schema/database.ts';
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { QualityCode } from '#graph-schema/findings/quality.ts';
import { addressesIn } from '#graph-schema/links/addresses.ts';
import { judge, type Looked } from '#graph-schema/quality/judge.ts';
import {
  type ContentTier,
  contentTier,
  lifting,
  type MetadataTier,
  metadataTier,
} from '#graph-schema/quality/tiers.ts';
import type { AnyRecord } from '#graph-schema/record.ts';
import { deadAmong } from '../links/store.ts';

/** Figures of a source on a day. All records count, hidden ones too: they are for stewards and the museum. */
export interface Figures {
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly records: number;
  /** How many records each finding is about. */
  readonly findings: Readonly<Partial<Record<QualityCode, number>>>;
  /** How many objects would reach a higher tier if this alone were mended. */
  readonly lifts: Readonly<Partial<Record<QualityCode, number>>>;
  /** Of objects alone. */
  readonly content: Readonly<Record<ContentTier, number>>;
  readonly metadata: Readonly<Record<MetadataTier, number>>;
}

export interface Judged {
  readonly id: string;
  readonly findings: readonly Finding[];
  /** Of an object. */
  readonly content?: ContentTier;
  readonly metadata?: MetadataTier;
  /** Of its findings, those whose mend alone would lift it a tier. */
  readonly lifts?: readonly QualityCode[];
}

export interface AuditOptions {
  readonly day: string;
  readonly signal?: AbortSignal | undefined;
  /** Told of every record, in the order of its id; so that a file can be written as it goes. */
  readonly each?: (judged: Judged) => void;
}

const PAGE = 1_000;

/** Looks at all live records of a source and keeps the figures. Memory: a page, and the inventory numbers. Throws what the driver throws, or the signal's reason. */
export async function audit(database: Database, source: string, { day, signal, each }: AuditOptions): Promise<Figures> {
  const twice = await numbersTwice(database, source);
  const findings: Partial<Record<QualityCode, number>> = {};
  const lifts: Partial<Record<QualityCode, number>> = {};
  const content: Record<ContentTier, number> = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0 };
  const metadata: Record<MetadataTier, number> = { '0': 0, A: 0, B: 0, C: 0 };
  let records = 0;
  for await (const page of pages(database, source)) {
    signal?.throwIfAborted();
    for (const stored of page) {
      const judged = judgedOf(stored, twice);
      records += 1;
      for (const code of new Set(judged.findings.map((one) => one.code as QualityCode)))
        findings[code] = (findings[code] ?? 0) + 1;
      for (const code of judged.lifts ?? []) lifts[code] = (lifts[code] ?? 0) + 1;
      if (judged.content !== undefined) content[judged.content] += 1;
      if (judged.metadata !== undefined) metadata[judged.metadata] += 1;
      each?.(judged);
    }
  }
  const figures = { source, day, records, findings, lifts, content, metadata };
  if (records > 0) await keep(database, figures);
  return figures;
}

interface Stored extends Omit<Looked, 'numberTwice'> {
  readonly linked: number;
}

function judgedOf({ linked, ...stored }: Stored, twice: ReadonlySet<string>): Judged {
  const findings = judge({ ...stored, numberTwice: twice.has(stored.id) });
  if (stored.record.kind !== 'HeritageObject') return { id: stored.id, findings };
  const { record } = stored;
  const codes = findings.map(({ code }) => code as QualityCode);
  return {
    id: stored.id,
    findings,
    content: contentTier(record, stored.dead),
    metadata: metadataTier(record, linked),
    lifts: lifting(codes, { record, linked, dead: stored.dead }),
  };
}

/** One live record of a source, judged as the audit judges it; no figures are kept. Undefined where there is none. */
export async function auditRecord(database: Database, source: string, id: string): Promise<Judged | undefined> {
  for await (const [stored] of pages(database, source, id))
    if (stored) return judgedOf(stored, await numbersTwice(database, source));
  return undefined;
}

/** Live records by key (of one `id` alone, where given), with what the hub made of what they describe. */
async function* pages(database: Database, source: string, id?: string): AsyncGenerator<readonly Stored[]> {
  for (let after = ''; ; ) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (r:SourceRecord) WHERE r.key STARTS WITH $prefix AND r.key > $after AND r.state = 'live' AND r.record IS NOT NULL${id === undefined ? '' : ' AND r.key = $key'}
         WITH r ORDER BY r.key LIMIT toInteger($page)
         OPTIONAL MATCH (r)-[:DESCRIBES]->(e:Entity)
         RETURN r.key AS key, r.id AS id, r.record AS record, coalesce(e.unlinked, []) AS unlinked,
                COUNT { (e)-[:CONCERNS]->(:Trade) } AS trades,
                COUNT { MATCH (e)-[l:CONCERNS|MADE_IN|OF_TYPE|MADE_WITH|OF_PERIOD]->(t) WHERE t.digest IS NOT NULL RETURN DISTINCT type(l) } AS linked
         ORDER BY key`,
        { prefix: `${source}/`, after, page: PAGE, key: `${source}/${id ?? ''}` },
      ),
    );
    const said = records.map((row) => ({
      id: row.get('id') as string,
      record: JSON.parse(row.get('record') as string) as AnyRecord,
      unlinked: row.get('unlinked') as string[],
      trades: Number(row.get('trades')),
      linked: Number(row.get('linked')),
    }));
    const addresses = said.flatMap(({ record }) => addressesIn(record).map(({ address }) => address));
    const dead = await deadAmong(database, addresses);
    const page = said.map((one) => ({ ...one, dead }));
    if (page.length > 0) yield page;
    if (records.length < PAGE) return;
    after = records.at(-1)!.get('key') as string;
  }
}

/** The ids of objects whose inventory number another object of the source and the same holder has. */
async function numbersTwice(database: Database, source: string): Promise<ReadonlySet<string>> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (r:SourceRecord) WHERE r.key STARTS WITH $prefix AND r.state = 'live' AND r.kind = 'HeritageObject'
       MATCH (r)-[:DESCRIBES]->(e:HeritageObject) WHERE e.inventoryNumber IS NOT NULL
       WITH e.inventoryNumber AS number, head(COLLECT { MATCH (e)-[:HELD_BY]->(s) RETURN s.uid }) AS holder, collect(r.id) AS ids
       WHERE size(ids) > 1 UNWIND ids AS id RETURN id`,
      { prefix: `${source}/` },
    ),
  );
  return new Set(records.map((row) => row.get('id') as string));
}

async function keep(database: Database, { source, day, ...figures }: Figures): Promise<void> {
  await database.write((tx) =>
    tx.run('MERGE (a:Audit {key: $key}) SET a.source = $source, a.day = $day, a.figures = $figures', {
      key: `${source} ${day}`,
      source,
      day,
      figures: JSON.stringify(figures),
    }),
  );
}

/** The figures that were kept of a source, the latest first. */
export async function auditHistory(database: Database, source: string): Promise<readonly Figures[]> {
  const { records } = await database.read((tx) =>
    tx.run('MATCH (a:Audit {source: $source}) RETURN a.day AS day, a.figures AS figures ORDER BY day DESC LIMIT 400', {
      source,
    }),
  );
  return records.map((row) => ({
    source,
    day: row.get('day') as string,
    lifts: {},
    ...JSON.parse(row.get('figures') as string),
  }));
}

/** A source that was harvested whole since its figures were last kept, on an earlier day; undefined where there is none. */
export async function nextToAudit(database: Database, day: string): Promise<string | undefined> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (s:Source) WHERE s.lastComplete IS NOT NULL
       WITH s, head(COLLECT { MATCH (a:Audit {source: s.name}) RETURN a.day ORDER BY a.day DESC LIMIT 1 }) AS last
       WHERE last IS NULL OR (last < $day AND toString(date(s.lastComplete)) >= last)
       RETURN s.name AS name ORDER BY name LIMIT 1`,
      { day },
    ),
  );
  return records[0]?.get('name') as string | undefined;
}
