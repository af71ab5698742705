/** The sets of a repository: read only where the one that a source asks for gives nothing. */
import { SourceError } from '#connectors/connector.ts';
import { textsAt } from '#connectors/xml.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { ask } from './ask.ts';
import { isPageFault, isRefusal, type Reading, shown } from './reading.ts';
import { tokenOf } from './records.ts';

const MAX_PAGES = 100;
const MAX_SETS = 20_000;
const MAX_SHOWN = 5;
/** A setSpec longer than this is not compared letter by letter. */
const MAX_COMPARED_CHARS = 100;

/** The fault of a source whose set the repository does not name; undefined where it does, or does not say. Throws SourceError where nothing answers. */
export async function unknownSet(reading: Reading): Promise<SourceError | undefined> {
  const { set } = reading.options;
  if (set === undefined) return undefined;
  const sets = await listSets(reading);
  if (sets === undefined || sets.some((spec) => spec === set || spec.startsWith(`${set}:`))) return undefined;
  const near = nearest(set, sets).join(', ');
  return new SourceError('config', finding('oai-set-unknown', { url: shown(reading), set, near: near || '–' }));
}

/** All setSpecs, or undefined where they cannot be read whole. */
async function listSets({ context, options, tally }: Reading): Promise<readonly string[] | undefined> {
  const specs: string[] = [];
  const tokens = new Set<string>();
  let given: Record<string, string> = {};
  try {
    for (let page = 0; page < MAX_PAGES && specs.length < MAX_SETS; page++) {
      const answer = await ask(context.http, options, 'ListSets', given, tally);
      if (answer.error !== undefined) return undefined;
      for (const { element } of answer.items) {
        if (element.name === 'set') specs.push(...textsAt(element, 'setSpec'));
      }
      const token = tokenOf(answer)?.token ?? '';
      if (token === '') return specs;
      if (tokens.has(token)) return undefined;
      tokens.add(token);
      given = { resumptionToken: token };
    }
  } catch (fault) {
    if (!isRefusal(fault) && !isPageFault(fault)) throw fault;
  }
  return undefined;
}

/** Those that may have been meant, the likeliest first; where none is near, the first ones. */
export function nearest(set: string, specs: readonly string[]): readonly string[] {
  const wanted = plain(set);
  const ranked = specs
    .map((spec) => ({ spec, distance: distanceBetween(wanted, plain(spec)) }))
    .filter(({ distance }) => distance <= Math.max(2, set.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return (ranked.length === 0 ? specs : ranked.map(({ spec }) => spec)).slice(0, MAX_SHOWN);
}

/** Without case, accents and marks. */
function plain(spec: string): string {
  return spec
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** How many letters must be changed, added or taken away (Levenshtein); 1 where one holds the other. */
function distanceBetween(a: string, b: string): number {
  if (a === b) return 0;
  if (a !== '' && b !== '' && (a.includes(b) || b.includes(a))) return 1;
  if (a.length > MAX_COMPARED_CHARS || b.length > MAX_COMPARED_CHARS) return Number.POSITIVE_INFINITY;
  let before = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = before[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      now.push(Math.min(changed, before[column]! + 1, now[column - 1]! + 1));
    }
    before = now;
  }
  return before[b.length]!;
}
