/** A file that is JSON or a table, by what it begins with; a table in one of several spellings, by the columns that it has. */
import type { Finding } from '#graph-schema/findings/finding.ts';
import { headOf, type LocatedCut, type ReadableFile, type Tell } from '../reading/file.ts';
import { cutJson } from '../reading/json.ts';
import { cutTable } from '../reading/rows.ts';

type JsonNeeds = Parameters<typeof cutJson>[1];
type TableNeeds = Parameters<typeof cutTable>[1];

/** Cuts the file. A table in none of the spellings is refused, by the columns of the first. */
export async function* cutDialects(
  file: ReadableFile,
  tables: readonly TableNeeds[],
  json: JsonNeeds,
  tell: Tell,
): AsyncGenerator<LocatedCut> {
  if (await isJson(file)) return yield* cutJson(file, json, tell);
  let refused: LocatedCut | undefined;
  let toldFirst: readonly Finding[] = [];
  for (const needs of tables) {
    const told: Finding[] = [];
    let isOther = false;
    for await (const cut of cutTable(file, needs, (found) => told.push(found))) {
      isOther = 'wholeFile' in cut && cut.finding.code === 'table-columns-missing';
      if (isOther) {
        toldFirst = refused ? toldFirst : told;
        refused ??= cut;
        break;
      }
      for (const found of told.splice(0)) tell(found);
      yield cut;
    }
    // A table without rows is in this spelling too.
    if (!isOther) return told.forEach(tell);
  }
  toldFirst.forEach(tell);
  if (refused) yield refused;
}

/** UTF-16 has a zero between its letters. */
async function isJson(file: ReadableFile): Promise<boolean> {
  const head = Buffer.from(await headOf(file, 64)).toString('latin1');
  const first = /[!-~]/.exec(head)?.[0];
  return first === '{' || first === '[';
}
