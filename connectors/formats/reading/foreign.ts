/** Files that come instead of a sheet: told by what they hold, each with what to do. */
import type { FindingCode } from '#graph-schema/findings/finding.ts';
import { headOf, type ReadableFile } from './file.ts';

/** Bytes of a compound file in which its directory is looked for: Excel writes it near the beginning or after the cells. */
const LOOKED_AT = 8_388_608;
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** The finding for a file that is an old Excel workbook, one under a password, a Word document or a PDF; undefined for any other. `head`: its first eight bytes. */
export async function foreignKind(file: ReadableFile, head: Uint8Array): Promise<FindingCode | undefined> {
  if (Buffer.from(head).subarray(0, 5).toString('latin1') === '%PDF-') return 'table-pdf';
  if (!Buffer.from(head).equals(COMPOUND)) return undefined;
  const bytes = Buffer.from(await headOf(file, LOOKED_AT));
  const holds = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return 'table-password';
  return holds('WordDocument') ? 'table-document' : 'table-old-excel';
}

/** The same for a zip that is no workbook, by the names in it. */
export function foreignEntry(names: ReadonlyMap<string, number>): FindingCode | undefined {
  if (names.has('word/document.xml')) return 'table-document';
  return [...names.keys()].some((name) => name.endsWith('.iwa')) ? 'table-numbers' : undefined;
}
