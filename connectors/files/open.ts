/** From `options` to the files to read, in the order of their names: a file, a folder or a zip, by path or by address. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, matchesGlob, resolve } from 'node:path';
import { finding } from '#graph-schema/findings/finding.ts';
import { type Context, SourceError } from '../connector.ts';
import { headOf, type ReadableFile, type Reading } from '../formats/reading/file.ts';
import { openZip, type Zip, ZipFault } from '../formats/reading/zip.ts';
import { redacted } from '../http/url.ts';
import type { Beside } from './attachments.ts';
import { besideAddress, besideInArchive, besideInFolder } from './beside.ts';
import { download } from './download.ts';
import { filesBelow, isDropping, readFault, tooLarge } from './folder.ts';
import { gunzipped, isGzip } from './gunzip.ts';
import type { FilesOptions } from './options.ts';

const MEGABYTE = 1_048_576;
const NAMES_SHOWN = 3;

export interface OpenedFiles {
  /** What a steward knows the source by: its path or address. */
  readonly where: string;
  readonly files: readonly ReadableFile[];
  /** What stands beside one of the files, chosen or not. */
  readonly beside: Beside;
  readonly close: () => Promise<void>;
}

/** Opens what the options name. Throws SourceError where it is not there, empty, too large or matches nothing. Close it after. */
export async function openFiles(options: FilesOptions, context: Context): Promise<OpenedFiles> {
  if (options.url === undefined) return openPath(options, context);
  const fetched = await download(options.url, options.maxMegabytes * MEGABYTE, context);
  const file = { ...onDisk(fetched.path, fetched.name, options), mediaType: fetched.mediaType };
  try {
    const beside = besideAddress(options.url, options.maxMegabytes * MEGABYTE, context);
    const where = redacted(options.url);
    const opened = await openFile({ file, path: fetched.path, where, beside }, options, context);
    const close = async () => {
      await opened.close();
      await fetched.remove();
    };
    return { ...opened, close };
  } catch (fault) {
    await fetched.remove();
    throw fault;
  }
}

async function openPath(options: FilesOptions, context: Context): Promise<OpenedFiles> {
  const told = options.path ?? '';
  const path = resolve(context.folder, told);
  const found = await stat(path).catch((fault) => {
    throw readFault(told, fault);
  });
  if (!found.isDirectory()) {
    if (found.size > options.maxMegabytes * MEGABYTE) throw tooLarge(told, options.maxMegabytes);
    const beside = inFolder(dirname(path), options);
    return openFile({ file: onDisk(path, basename(path), options), path, where: told, beside }, options, context);
  }
  const names = await filesBelow(path, told);
  const files = names.map((name) => {
    const file = onDisk(resolve(path, name), name, options);
    return /\.gz$/i.test(name) ? gunzipped(file, options.maxMegabytes) : file;
  });
  const beside = inFolder(path, options);
  return { where: told, files: chosen(files, told, options, context), beside, close: async () => {} };
}

const inFolder = (folder: string, options: FilesOptions): Beside =>
  besideInFolder(folder, (path, name) => onDisk(path, name, options));

/** One file, which may be an archive. `beside` is for the case that it is none. */
interface OneFile {
  readonly file: ReadableFile;
  readonly path: string;
  readonly where: string;
  readonly beside: Beside;
}

async function openFile(one: OneFile, options: FilesOptions, context: Context): Promise<OpenedFiles> {
  const { file, path, where, beside } = one;
  const head = await headOf(file, 2);
  if (isGzip(head)) return { where, files: [gunzipped(file, options.maxMegabytes)], beside, close: async () => {} };
  const zip = head[0] === 0x50 && head[1] === 0x4b ? await archiveOf(path, where, options) : undefined;
  if (!zip) return { where, files: [file], beside, close: async () => {} };
  const close = async () => zip.close();
  try {
    tellSome(context, 'file-zip-unsafe', { file: where }, zip.unsafe);
    const reading = readingOf(options);
    const files = zip.entries
      .filter(({ name }) => !isDropping(name))
      .map((entry) => ({ ...entry, bytes: () => unzipped(entry, where), reading }));
    return { where, files: chosen(files, where, options, context), beside: besideInArchive(files), close };
  } catch (fault) {
    await close();
    throw fault;
  }
}

/** Workbooks, and text documents taken for them: each format says itself what it makes of one. */
function isOfADocument(name: string): boolean {
  return ['xl/workbook.xml', 'META-INF/manifest.xml', 'word/document.xml'].includes(name) || name.endsWith('.iwa');
}

/** A workbook is a zip too, but not one to look into. */
async function archiveOf(path: string, where: string, options: FilesOptions): Promise<Zip | undefined> {
  try {
    const zip = await openZip(path, options.maxMegabytes * MEGABYTE);
    if (!zip.entries.some(({ name }) => isOfADocument(name))) return zip;
    zip.close();
    return undefined;
  } catch (fault) {
    throw zipFault(fault, where, options);
  }
}

async function* unzipped(entry: Zip['entries'][number], where: string): AsyncGenerator<Uint8Array> {
  try {
    yield* entry.bytes();
  } catch (fault) {
    throw zipFault(fault, where);
  }
}

function zipFault(fault: unknown, where: string, options?: FilesOptions): unknown {
  if (!(fault instanceof ZipFault)) return fault;
  if (fault.kind === 'large' && options) return tooLarge(where, options.maxMegabytes);
  return new SourceError('config', finding('file-zip-broken', { file: where, reason: fault.message }), {
    cause: fault,
  });
}

function chosen(
  files: readonly ReadableFile[],
  where: string,
  options: FilesOptions,
  context: Context,
): readonly ReadableFile[] {
  if (files.length === 0) throw new SourceError('config', finding('file-folder-empty', { path: where }));
  const match = options.match;
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (match === undefined) return sorted;
  const inside = sorted.filter(({ name }) => matchesGlob(name, match));
  const outside = sorted.filter(({ name }) => !matchesGlob(name, match)).map(({ name }) => name);
  if (inside.length === 0) {
    const names = outside.slice(0, NAMES_SHOWN).join(', ');
    throw new SourceError('config', finding('file-none-matches', { path: where, match, count: outside.length, names }));
  }
  tellSome(context, 'file-outside-match', { match }, outside);
  return inside;
}

function tellSome(
  context: Context,
  code: 'file-zip-unsafe' | 'file-outside-match',
  particulars: Record<string, string>,
  names: readonly string[],
): void {
  if (names.length === 0) return;
  context.tell(finding(code, { ...particulars, count: names.length, names: names.slice(0, NAMES_SHOWN).join(', ') }));
}

const readingOf = ({ encoding, delimiter, sheet }: FilesOptions): Reading => ({ encoding, delimiter, sheet });

function onDisk(path: string, name: string, options: FilesOptions): ReadableFile {
  return { name, reading: readingOf(options), bytes: () => diskBytes(path, name) };
}

async function* diskBytes(path: string, name: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Uint8Array;
  } catch (fault) {
    throw readFault(name, fault);
  }
}
