/** What an XLSX says of its sheets (ECMA-376 part 1, 18.2): hucre says it too, but only after it has read all of them. */
import { childrenOf, descend } from '../../xml.ts';
import { parseXml } from '../../xml-stream.ts';
import { type Zip, ZipFault } from './zip.ts';

export interface WorkbookSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** The name of its part of the archive; undefined where the workbook does not say it. */
  readonly part: string | undefined;
}

/** The sheets in their order, and whether days are counted from 1904. Throws ZipFault where the workbook cannot be read. */
export async function workbookOf(
  zip: Zip,
): Promise<{ readonly sheets: readonly WorkbookSheet[]; readonly from1904: boolean }> {
  const workbook = await partOf(zip, 'xl/workbook.xml');
  const relations = await partOf(zip, 'xl/_rels/workbook.xml.rels');
  if (workbook === undefined || relations === undefined) throw new ZipFault('broken', 'no list of sheets');
  const targets = new Map(
    childrenOf(relations).map(({ attributes: { Id = '', Target = '' } }) => [Id, Target] as const),
  );
  const sheets = descend(workbook, 'sheets', 'sheet').flatMap(({ attributes }) => {
    const id = Object.entries(attributes).find(([name]) => /\}id$/.test(name))?.[1] ?? '';
    const target = targets.get(id);
    const part = target?.startsWith('/') ? target.slice(1) : target && `xl/${target}`;
    const name = attributes['name'] ?? '';
    // Their positions are those that hucre counts.
    return name === '' || id === '' ? [] : [{ name, hidden: /hidden/i.test(attributes['state'] ?? ''), part }];
  });
  const counts = childrenOf(workbook, 'workbookPr').map(({ attributes }) => attributes['date1904']);
  return { sheets, from1904: counts.some((said) => said === '1' || said === 'true') };
}

/** Bytes: a workbook lists a few hundred sheets at most. */
const LARGEST = 4_194_304;

async function partOf(zip: Zip, name: string) {
  const entry = zip.entries.find((one) => one.name === name);
  if (entry === undefined) return undefined;
  if (entry.size > LARGEST) throw new ZipFault('broken', `${name} is larger than ${LARGEST} bytes`);
  try {
    return parseXml(Buffer.concat(await Array.fromAsync(entry.bytes())));
  } catch (fault) {
    throw new ZipFault('broken', `${name}: ${(fault as Error).message}`);
  }
}
