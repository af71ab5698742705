/** The fourth story: a museum gets a report it can act on, and the corrections in a file that its own tool can load. On an invented museum. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writingOf } from '#deploy/cli/report/files.ts';
import { writeReport } from '#deploy/cli/report/write.ts';
import { testConnection, wipe } from '#deploy/setup/test-database.ts';
import { Database } from '#graph-schema/database.ts';
import { migrate } from '#graph-schema/migrations/migrate.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { contextFor } from '#harvesters/context.ts';
import { keysBeginning, refuseCorrection, undoRefusal } from '#harvesters/corrections/refuse.ts';
import { reportOn } from '#harvesters/corrections/report.ts';
import { run } from '#harvesters/run.ts';
import { readSource, type Source } from '#harvesters/sources.ts';

const HEADER = 'Inventaire;Ref;Titre;Type;Date;Lieu;Métier;Notes;Donateur;Page';
const ROWS = [
  'D.1;1;Navette;navette;XXe;Roubaix;tisserand;-usée;Delexemple;https://example.org/1',
  'D.2;2;MÃ©tier;métier;19e siècle;Roubaix;tisserand;;Delexemple;',
  'D.3;3;Lampe;lampe;1865 entre 1908 et;Roubaix;mineur;;Delexemple;',
  'D.4;4;Cruche;cruche;vers 1853;St-Amand;potier;;Delexemple;',
  'D.5;5;Vase;vase;vers 1853;St-Amand-les-Eaux;potier;"a;b";Delexemple;',
  'D.6;6;Bobine;bobine;vers 1853;Lomme;tisserand;;Delexemple;',
  'D.7;7;Peigne;peigne;vers 1853;Roubaix;Tisserands;;Delexemple;',
  'D.8;8;Outil;navette de tisserand;vers 1853;Roubaix;;;Delexemple;',
  'D.9;9;Fer  plat;fer;vers 1853;Roubaix;tisserand;;Delexemple;',
  'D.9;10;Fer rond;fer;vers 1853;Roubaix;tisserand;;Delexemple;',
  'D.11;11;Rien à dire;fer;vers 1853;Roubaix;tisserand;;Delexemple;',
];
const YAML = `name: musee-exemple
title: Musée de l’exemple
owner: Musée de l’exemple
licence: démonstration
contact: collections@example.org
agreement: { date: 2026-01-01, scope: essai }
protocol: files
options: { path: export.csv }
schedule: "1 3 * * *"
rank: 50
visibility: everything
map:
  kind: HeritageObject
  id: Ref
  private: [Donateur]
  fields: { name: Titre, inventoryNumber: Inventaire, objectTypes: Type, date: Date, description: Notes, page: Page }
  relations: { madeIn: Lieu, trades: Métier }
`;

let folder: string;
let database: Database;
let source: Source;
beforeAll(async () => {
  database = new Database(testConnection());
  await wipe(database.driver);
  await migrate(database);
  folder = await mkdtemp(join(tmpdir(), 'trame-report-'));
  await writeFile(join(folder, 'source.yaml'), YAML);
  await exportIs(ROWS);
  const read = await readSource(join(folder, 'source.yaml'), {});
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  source = read.source;
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await database.close();
});

const exportIs = (rows: readonly string[]) =>
  writeFile(join(folder, 'export.csv'), `${[HEADER, ...rows].join('\r\n')}\r\n`, 'utf8');
const harvest = async () => {
  const { signal } = new AbortController();
  const { outcome } = await run(source, database, (one, tell) => contextFor(one, signal, tell), {
    full: true,
    resolver: createResolver(),
    holder: 'essai',
  });
  expect(outcome).toBe('complete');
};
const write = async () => {
  const report = await reportOn(source, database);
  await writeReport(join(folder, 'out'), source, report, await writingOf(source), new Date());
  return report;
};
const told = ({ corrections }: Awaited<ReturnType<typeof reportOn>>) =>
  corrections.map(({ id, column, form, proposed }) => `${id} ${column} ${form} ${proposed.join('|')}`).sort();

test('ten faulty rows become sure corrections and questions; the file, loaded, closes its rows; a refusal lasts', async () => {
  await harvest();
  const first = await write();
  expect(told(first)).toMatchInlineSnapshot(`
    [
      "1 Date sure 20e siècle",
      "10 Inventaire question ",
      "2 Titre sure Métier",
      "3 Date question entre 1865 et 1908",
      "4 Lieu question Saint-Amand-Villages (50444)|Saint-Amand (62741)",
      "5 Lieu sure Saint-Amand-les-Eaux",
      "6 Lieu question Lomme (Lille)",
      "7 Métier sure tisserand",
      "8 Métier question tisserand",
      "9 Inventaire question ",
      "9 Titre sure Fer plat",
    ]
  `);

  const page = await readFile(join(folder, 'out', 'rapport.html'), 'utf8');
  expect(page).toMatch(new RegExp(`sure</span></dt><dd>${first.sure}<`));
  expect(page).toMatch(new RegExp(`questions</span></dt><dd>${first.questions}<`));
  const bytes = await readFile(join(folder, 'out', 'corrections.csv'));
  const [header, ...lines] = bytes.toString('utf8').trimEnd().split('\r\n');
  expect(header).toBe('Inventaire;Ref;Titre;Type;Date;Lieu;Métier;Notes;Page');
  expect(lines).toContain('D.1;1;Navette;navette;20e siècle;Roubaix;tisserand;-usée;https://example.org/1');
  expect(lines).toContain('D.5;5;Vase;vase;vers 1853;Saint-Amand-les-Eaux;potier;"a;b";');
  expect(lines).toHaveLength(first.rows.length);

  // One is refused: it is proposed no more, while the museum's value is the same; and again when that is taken back.
  const [plural] = first.corrections.filter(({ id }) => id === '7');
  expect(await keysBeginning(database, source.name, plural!.key.slice(0, 8))).toEqual([plural!.key]);
  await refuseCorrection(database, plural!.key, 'Anne', 'notre usage');
  const second = await write();
  expect([second.sure, second.questions, second.refused]).toEqual([first.sure - 1, first.questions, 1]);
  expect(await readFile(join(folder, 'out', 'corrections.csv'), 'utf8')).not.toContain('Peigne');

  // The museum loads the file: its next export has these rows in place of its own.
  const loaded = new Map(
    (await readFile(join(folder, 'out', 'corrections.csv'), 'utf8'))
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => [line.split(';')[1], line.replace(/;([^;]*)$/, ';Delexemple;$1')]),
  );
  await exportIs(
    ROWS.map((row) => loaded.get(row.split(';')[1]) ?? row).map((row) =>
      row.replace('St-Amand;', 'Saint-Amand-les-Eaux;'),
    ),
  );
  await harvest();
  const third = await write();
  expect([third.sure, third.refused]).toEqual([0, 1]);
  expect(third.closed).toEqual({ applied: second.sure, otherwise: 1, withdrawn: 0 });
  expect(third.questions).toBe(first.questions - 1);

  expect(await undoRefusal(database, plural!.key, 'Anne')).toBe(true);
  expect((await reportOn(source, database)).sure).toBe(1);
  await refuseCorrection(database, plural!.key, 'Anne');

  // What is kept about corrections holds no word of the museum.
  const { records } = await database.run('MATCH (c:Correction) RETURN c {.*, since: null, closedAt: null} AS c');
  expect(JSON.stringify(records.map((row) => row.get('c')))).not.toMatch(/Navette|Amand|Tisserand|XXe/);
});

test('the command’s figures are those of the page, and it says which file to load', async () => {
  const { uri, user, password, database: name } = testConnection();
  const environment = {
    ...process.env,
    NEO4J_URI: uri,
    NEO4J_USER: user,
    NEO4J_PASSWORD: password,
    NEO4J_DATABASE: name,
  };
  const trame = (...more: readonly string[]) =>
    execFileSync(process.execPath, ['deploy/cli/trame.js', 'report', join(folder, 'source.yaml'), ...more], {
      env: environment,
      encoding: 'utf8',
    });
  const { sure, questions, refused } = JSON.parse(trame('--json')) as Record<string, number>;
  expect(trame('--out', join(folder, 'out'))).toContain(join(folder, 'out', 'corrections.csv'));
  const page = await readFile(join(folder, 'out', 'rapport.html'), 'utf8');
  const figures = [...page.matchAll(/<dd>(\d+)<\/dd>/g)].map(([, figure]) => Number(figure));
  expect([figures[1], figures[2], figures[5]]).toEqual([sure, questions, refused]);
});
