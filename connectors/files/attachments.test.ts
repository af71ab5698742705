import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { all, contextForTests } from '../conformance.ts';
import { type Message, SourceError } from '../connector.ts';
import type { Format } from '../format.ts';
import { lido } from '../formats/lido/lido.ts';
import { type TableMap, tableMap } from '../formats/table/map.ts';
import { table } from '../formats/table/table.ts';
import { serveLoopback } from '../http/loopback.ts';
import { nameBeside } from './attachments.ts';
import { createFilesConnector } from './connector.ts';
import { type FilesCursor, filesOptions } from './options.ts';
import { storedZip } from './stored-zip.ts';

const MAP = (tableMap.safeParse({ kind: 'Trade', id: 'Code', fields: { name: 'Nom' } }) as { data: TableMap }).data;
const connector = createFilesConnector(table as unknown as Format, MAP);
const SHEET = 'Code;Nom;Transcription\n1;a;t1.vtt\n2;b;\n3;c;absent.vtt\n';
const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\nÉté\n';

let folder: string;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-test-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(folder, { recursive: true, force: true });
});

async function put(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

async function read(options: unknown, using = connector) {
  const made = contextForTests({ folder });
  open.push(made);
  const { messages, fault } = await all(using.read(filesOptions.parse(options), made.context));
  const rows = messages.flatMap((message) => (message.kind === 'record' ? [message.row] : []));
  const end = messages.find(
    (message): message is Extract<Message<FilesCursor>, { kind: 'end' }> => message.kind === 'end',
  );
  return { messages, rows, end, fault, told: made.told };
}

const codes = (findings: readonly Finding[]) => findings.map(({ code }) => code);

describe('a sheet and the files that it names', () => {
  test('in a folder: the text stands in the row, which is whole by itself; what is missing is told and the record kept', async () => {
    await put({ 'f/sheet.csv': SHEET, 'f/t1.vtt': VTT });
    const { rows, messages, told, end } = await read({ path: 'f', match: '*.csv', attach: ['Transcription'] });
    expect(rows).toEqual([
      { Code: '1', Nom: 'a', Transcription: VTT },
      { Code: '2', Nom: 'b' },
      { Code: '3', Nom: 'c' },
    ]);
    const [first] = messages;
    if (first?.kind !== 'record') throw new Error('no record');
    expect(connector.row(first.raw, filesOptions.parse({ path: 'f' }))).toEqual(first.row);
    expect(told).toMatchObject([
      { code: 'file-outside-match' },
      { code: 'attachment-missing', particulars: { file: 'sheet.csv', line: 4, name: 'absent.vtt' } },
    ]);
    expect(end?.coverage).toBe('snapshot');
  });

  test('another transcript is another record, and another fingerprint, though the sheet is the same', async () => {
    await put({ 'sheet.csv': SHEET, 't1.vtt': VTT });
    const options = { path: 'sheet.csv', attach: ['Transcription'] };
    const before = await read(options);
    expect((await read(options)).end).toEqual(before.end);
    await put({ 't1.vtt': VTT.replace('Été', 'Hiver') });
    const after = await read(options);
    expect(after.rows[0]).toMatchObject({ Transcription: VTT.replace('Été', 'Hiver') });
    expect(after.end?.fingerprint).not.toBe(before.end?.fingerprint);
  });

  test('nothing outside the folder is read, not by `..`, not by a link, not by an absolute path', async () => {
    await put({
      'secret.txt': 'secret',
      'f/s/sheet.csv': 'Code;Nom;T\n1;a;../../secret.txt\n2;b;lien.txt\n3;c;/etc/hostname\n4;d;../x.txt\n',
      'f/x.txt': 'oui',
    });
    await symlink(join(folder, 'secret.txt'), join(folder, 'f/s/lien.txt'));
    const { rows, told } = await read({ path: 'f', match: 's/*.csv', attach: ['T'] });
    expect(rows.map((row) => (row as { T?: string }).T)).toEqual([undefined, undefined, undefined, 'oui']);
    expect(codes(told).filter((code) => code !== 'file-outside-match')).toEqual(Array(3).fill('attachment-outside'));
  });

  test('too large, not a text, in windows-1252, a column that no row fills', async () => {
    await put({
      'sheet.csv': 'Code;Nom;T\n1;a;grand.txt\n2;b;image.png\n3;c;ete.srt\n',
      'grand.txt': 'x'.repeat(2_200_000),
      'image.png': Buffer.from('\x89PNG\r\n\0\0\0\0'),
      'ete.srt': Buffer.from('1\n00:01 --> 00:02\n\xc9t\xe9\n', 'latin1'),
    });
    const { rows, told, end } = await read({ path: 'sheet.csv', attach: ['T', 'Vidéo'] });
    expect(rows).toEqual([
      { Code: '1', Nom: 'a' },
      { Code: '2', Nom: 'b' },
      { Code: '3', Nom: 'c', T: '1\n00:01 --> 00:02\nÉté\n' },
    ]);
    expect(codes(told)).toEqual([
      'attachment-too-large',
      'attachment-unread',
      'file-encoding-guessed',
      'attachment-column-absent',
    ]);
    expect(end).toBeDefined();
  });

  test('in a zip', async () => {
    await put({
      'a.zip': storedZip([
        { name: 'x/sheet.csv', content: SHEET },
        { name: 'x/t1.vtt', content: VTT },
      ]),
    });
    const { rows } = await read({ path: 'a.zip', match: '**/*.csv', attach: ['Transcription'] });
    expect(rows[0]).toMatchObject({ Transcription: VTT });
  });

  test('by address: from the same site only; a server in trouble stops the run, and it is no loss', async () => {
    let status = 200;
    const asked: string[] = [];
    const server = await serveLoopback((request, response) => {
      asked.push(request.url ?? '');
      if (request.url?.startsWith('/d/sheet.csv')) response.end(`${SHEET}4;d;https://example.org/t.vtt\n`);
      else if (request.url === '/d/t1.vtt') {
        response.statusCode = status;
        response.end(VTT);
      } else {
        response.statusCode = 404;
        response.end();
      }
    });
    try {
      const options = { url: `${server.origin}/d/sheet.csv?cle=1`, attach: ['Transcription'] };
      const { rows, told, end } = await read(options);
      expect(rows[0]).toMatchObject({ Transcription: VTT });
      expect(codes(told)).toEqual(['attachment-missing', 'attachment-outside']);
      expect(end).toBeDefined();
      expect(asked).toEqual(['/d/sheet.csv?cle=1', '/d/t1.vtt', '/d/absent.vtt']);
      status = 500;
      const troubled = await read(options);
      expect(troubled.end).toBeUndefined();
      expect(troubled.fault).toBeInstanceOf(SourceError);
      expect(troubled.fault).toMatchObject({ kind: 'transient' });
    } finally {
      await server.stop();
    }
  });

  test('a format without columns is told of', async () => {
    const notice = '<lido xmlns="http://www.lido-schema.org"><lidoRecID>1</lidoRecID></lido>';
    await put({ 'a.xml': notice });
    const { fault } = await read({ path: 'a.xml', attach: ['name'] }, createFilesConnector(lido, undefined));
    expect(fault).toMatchObject({ kind: 'config', finding: { code: 'attachment-not-a-table' } });
  });

  test.each([
    ['sheet.csv', 't.vtt', 't.vtt'],
    ['a/b/sheet.csv', '.\\sous\\t.vtt', 'a/b/sous/t.vtt'],
    ['a/sheet.csv', '../t.vtt', 't.vtt'],
    ['sheet.csv', '../t.vtt', undefined],
    ['sheet.csv', 'C:\\t.vtt', undefined],
    ['sheet.csv', '\\\\serveur\\t.vtt', undefined],
  ])('%s names %s: %s', (sheet, name, expected) => expect(nameBeside(sheet, name)).toBe(expected));
});

describe('files that name only the latest', () => {
  test('end as changes, by the option or by the format; what they do not name is not gone', async () => {
    await put({ 'a.csv': 'Code;Nom\n1;a\n' });
    expect((await read({ path: 'a.csv' })).end?.coverage).toBe('snapshot');
    expect((await read({ path: 'a.csv', latestOnly: true })).end?.coverage).toBe('changes');
    const latest = { ...(table as unknown as Format), latestOnly: true } as const;
    expect((await read({ path: 'a.csv' }, createFilesConnector(latest, MAP))).end?.coverage).toBe('changes');
    const told = await read({ path: 'a.csv', latestOnly: false }, createFilesConnector(latest, MAP));
    expect(told.end?.coverage).toBe('snapshot');
  });
});
