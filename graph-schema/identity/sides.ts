/** The two sides of a question, for a steward to look at: all that is known of each, hidden records included, what differs first. */
import type { Database } from '../database.ts';
import { foldEntity } from '../fold/fold.ts';
import type { FoldedLink } from '../fold/links.ts';
import { describingRecords } from '../fold/records.ts';
import { kindOf, propertiesOf } from '../model.ts';
import { fold } from '../text.ts';
import type { Resolver } from '../vocabularies/resolver.ts';

/** What both sides say of one thing, in words; empty where one says nothing. */
export interface SideRow {
  readonly fr: string;
  readonly en: string;
  readonly a: string;
  readonly b: string;
  /** Both say something, and not the same. */
  readonly differs: boolean;
}

/** What each of two records' things is, folded: what differs first, then what one side alone says, then what agrees. */
export async function sidesOf(
  database: Database,
  resolver: Resolver,
  keys: readonly [string, string],
): Promise<readonly SideRow[]> {
  const [a, b] = [await sideOf(database, resolver, keys[0]), await sideOf(database, resolver, keys[1])];
  const rows = [...new Map([...a, ...b]).keys()].map((name): SideRow => {
    const [ofA, ofB] = [a.get(name), b.get(name)];
    const { fr, en } = (ofA ?? ofB)!;
    const [textA, textB] = [ofA?.text ?? '', ofB?.text ?? ''];
    return { fr, en, a: textA, b: textB, differs: textA !== '' && textB !== '' && fold(textA) !== fold(textB) };
  });
  const order = ({ differs, a: ofA, b: ofB }: SideRow) => (differs ? 0 : ofA === '' || ofB === '' ? 1 : 2);
  return rows.toSorted((one, other) => order(one) - order(other));
}

interface Said {
  readonly fr: string;
  readonly en: string;
  readonly text: string;
}

async function sideOf(database: Database, resolver: Resolver, key: string): Promise<ReadonlyMap<string, Said>> {
  const records = await database.read(async (tx) => {
    const found = await tx.run('MATCH (:SourceRecord {key: $key})-[:DESCRIBES]->(e:Entity) RETURN e.uid AS uid', {
      key,
    });
    return describingRecords(
      tx,
      found.records.map((row) => row.get('uid') as string),
    );
  });
  const said = new Map<string, Said>();
  if (records.length === 0) return said;
  const { kind, fields, codes, links } = foldEntity(records, resolver);
  said.set('records', { fr: 'Notices', en: 'Records', text: records.map((record) => record.key).join(', ') });
  for (const [name, { fr, en }] of Object.entries(propertiesOf(kind)))
    if (fields[name] !== undefined) said.set(name, { fr, en, text: inWords(fields[name]) });
  said.set('codes', { fr: 'Codes', en: 'Codes', text: codes.join(', ') });
  for (const [name, { fr, en, to }] of Object.entries(kindOf(kind).relations)) {
    const named = links.filter(({ relation }) => relation === name && to !== 'Media').map(targetOf);
    if (named.length > 0) said.set(`→ ${name}`, { fr, en, text: named.join(', ') });
  }
  return said;
}

/** Its words where it has some, else its code: `insee:59512`. */
const targetOf = ({ text, key }: FoldedLink): string => text ?? key.slice(key.indexOf('/') + 1);

const MOST_ITEMS = 5;

function inWords(value: unknown): string {
  if (Array.isArray(value)) {
    const more = value.length > MOST_ITEMS ? ` … (${value.length})` : '';
    return `${value.slice(0, MOST_ITEMS).map(inWords).join(', ')}${more}`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  if ('text' in value) return String(value.text);
  if ('begin' in value && 'end' in value) return `${value.begin} – ${value.end}`;
  if ('latitude' in value && 'longitude' in value) return `${value.latitude}, ${value.longitude}`;
  return JSON.stringify(value);
}
