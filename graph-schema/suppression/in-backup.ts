/** A backup read without the persons who were forgotten since it was written: their records come out as tombstones, what quotes them emptied. */

import type { EntityLine, Line, NodeLine } from '../backup/format.ts';
import { readBackup } from '../backup/read.ts';
import { BOOKKEEPING, recordKey } from '../bookkeeping.ts';
import { identifierKey, recordIdentifier } from '../fold/identity.ts';
import { addressesIn, linkId } from '../links/addresses.ts';
import { KINDS } from '../model.ts';
import type { AnyRecord } from '../record.ts';
import type { SuppressionKey } from './key.ts';
import { namesIn } from './names.ts';
import { ABOUT, NOT_QUOTING, type Quotes, quotesOf, withoutQuotes } from './quotes.ts';
import { tombstoneOf } from './tombstone.ts';

/** Who is in the list, and the key that it was made with. */
export interface Suppression {
  readonly key: SuppressionKey;
  readonly hashes: ReadonlySet<string>;
}

/** A line as it may be restored; undefined where nothing of it may. */
export type Sieve = (line: Line) => Line | undefined;

const ALL: Sieve = (line) => line;

/** Reads a verified backup once, and gives what its lines must go through. `more`: other names of the forgotten, where they are known. Memory: the records of it that are in the list. */
export async function sieveFor(
  file: string,
  { key, hashes }: Suppression,
  more: readonly string[] = [],
): Promise<Sieve> {
  if (hashes.size === 0) return ALL;
  const words = [...more];
  const own = new Map<string, string>();
  const ledger = new Set<string>();
  const uids = new Set<string>();
  /** An address may spell a name in ways of its own. */
  const links = new Set<string>();
  let quotes: Quotes | undefined;
  for await (const { line } of readBackup(file)) {
    if (!('node' in line)) continue;
    if (line.node === 'Identifier' && own.size > 0) {
      // The ledger comes after the records: all names are known by now.
      quotes ??= quotesOf(words);
      if (quotes.in(line.key)) uids.add(String(line.properties['uid']));
    }
    if (line.node !== 'SourceRecord') continue;
    const source = String(line.properties['source']);
    const id = line.key.slice(source.length + 1);
    const hash = key.hashOf(source, id);
    if (!hashes.has(hash)) continue;
    own.set(line.key, hash);
    for (const kind of KINDS) ledger.add(identifierKey(kind, recordIdentifier(source, id)));
    const { uid, record } = line.properties;
    if (typeof uid === 'string') uids.add(uid);
    const said = typeof record === 'string' ? (JSON.parse(record) as AnyRecord) : undefined;
    words.push(recordKey(source, id), ...(said === undefined ? [] : namesIn(said)));
    for (const { address } of said === undefined ? [] : addressesIn(said)) links.add(linkId(address));
  }
  if (own.size === 0) return ALL;
  const quoted = quotes ?? quotesOf(words);
  return (line) => {
    if ('entity' in line) return uids.has(line.entity) ? gone(line) : line;
    const hash = own.get(line.key);
    if (line.node === 'SourceRecord' && hash !== undefined) return emptied(line, hash);
    if (line.node === 'Identifier') return ledger.has(line.key) || quoted.in(line.key) ? undefined : line;
    if (line.node === 'LinkCheck' && links.has(line.key)) return undefined;
    if (ABOUT[line.node]?.some((name) => own.has(String(line.properties[name])))) return undefined;
    const isLeft = ([, label, key]: NodeLine['to'][number]) =>
      label === 'SourceRecord' ? !own.has(key) : label !== 'Identifier' || !(ledger.has(key) || quoted.in(key));
    // A decision leads to the records that it is about: restoring would make them anew, by their names.
    return unquoted({ ...line, to: line.to.filter(isLeft) }, quoted);
  };
}

/** What partners were told of it stays: that it changed, and last that it went. */
function gone({ entity, properties: { stamp: _, ...properties } }: EntityLine): EntityLine {
  return { entity, properties, labels: ['Tombstone'] };
}

function emptied(line: NodeLine, hash: string): NodeLine {
  const properties = tombstoneOf(String(line.properties['source']), hash);
  return { ...line, key: String(properties['key']), properties, integers: [], to: [] };
}

function unquoted(line: NodeLine, quotes: Quotes): NodeLine {
  if (NOT_QUOTING.has(line.node)) return line;
  const changed = withoutQuotes(line.node, BOOKKEEPING[line.node as keyof typeof BOOKKEEPING], line.properties, quotes);
  if (changed === undefined) return line;
  const left = Object.entries({ ...line.properties, ...changed }).filter(([, value]) => value !== null);
  return { ...line, properties: Object.fromEntries(left) };
}
