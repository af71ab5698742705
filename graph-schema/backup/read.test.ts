import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BackupRefused } from './format.ts';
import { readBackup, verifyBackup } from './read.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-read-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const HEADER = { trame: 'backup', format: 1, version: '0.1.0', at: '2026-01-01T00:00:00.000Z' };
const SOURCE = { node: 'Source', key: 'a', properties: { name: 'a' }, integers: [], to: [] };
const text = (lines: readonly unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
function whole(header: object = HEADER, counts: object = { Source: 1 }): string {
  const said = text([header, SOURCE]);
  return said + text([{ end: true, counts, sha256: createHash('sha256').update(said).digest('hex') }]);
}
async function file(bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'backup.ndjson.gz');
  await writeFile(path, bytes);
  return path;
}
const refusal = async (bytes: Uint8Array) => {
  const path = await file(bytes);
  return verifyBackup(path).then(
    () => 'accepted',
    (fault: unknown) => (fault instanceof BackupRefused ? fault.finding.code : fault),
  );
};

test('a whole backup is accepted, and its lines are given', async () => {
  const path = await file(gzipSync(whole()));
  expect(await verifyBackup(path)).toMatchObject({ header: HEADER, counts: { Source: 1 } });
  expect((await Array.fromAsync(readBackup(path))).map(({ line }) => line)).toEqual([SOURCE]);
});

test('cut at any byte it is refused', async () => {
  const bytes = gzipSync(whole());
  for (let length = 0; length < bytes.length; length += 7) {
    expect(['backup-damaged', 'backup-foreign'], `cut at ${length}`).toContain(
      await refusal(bytes.subarray(0, length)),
    );
  }
});

test('one character changed, a line taken out, or counts that lie: refused', async () => {
  expect(await refusal(gzipSync(whole().replace('"key":"a"', '"key":"b"')))).toBe('backup-damaged');
  expect(await refusal(gzipSync(whole().split('\n').toSpliced(1, 1).join('\n')))).toBe('backup-damaged');
  expect(await refusal(gzipSync(whole(HEADER, { Source: 2 })))).toBe('backup-damaged');
  expect(await refusal(gzipSync(whole() + text([SOURCE])))).toBe('backup-damaged');
});

test('a newer form, another file and no file are refused in their own words', async () => {
  expect(await refusal(gzipSync(whole({ ...HEADER, format: 2, version: '9.0.0' })))).toBe('backup-newer');
  expect(await refusal(Buffer.from('id;nom\n1;navette\n'))).toBe('backup-foreign');
  expect(await refusal(gzipSync('{"other": 1}\n'))).toBe('backup-foreign');
  await expect(verifyBackup(join(folder, 'absent'))).rejects.toMatchObject({ finding: { code: 'backup-unreadable' } });
});
