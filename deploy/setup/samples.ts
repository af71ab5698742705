/**
 * Real files of partners, where they lie beside the project, through the same command as any source: each record goes in or is
 * rejected with a reason. Prints one line a check, `ok …` or `not ok …`; the status tells whether all held.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { score } from '#deploy/quality/measure.ts';
import { textsWithCodes } from '#deploy/quality/sample-texts.ts';
import { createReconciler } from '#graph-schema/reconcile/reconciler.ts';
import { RECONCILED } from '#graph-schema/reconcile/thresholds.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const SAMPLES = resolve(ROOT, '..', 'shared', 'samples');

interface Sample {
  readonly name: string;
  /** The source file, but for what all have. */
  readonly source: string;
  /** How many records the files hold, counted here without the project's own readers. */
  readonly holds: () => number;
}

const lines = (file: string) => readFileSync(join(SAMPLES, file), 'utf8').split(/\r?\n/);

const read = (file: string) => JSON.parse(readFileSync(join(SAMPLES, file), 'utf8'));
/** A source file for what matches in a folder of the samples. */
const from = (folder: string, match: string, format: string) =>
  `options: { path: ${JSON.stringify(join(SAMPLES, folder))}, match: ${JSON.stringify(match)} }\nformat: ${format}`;
const one = () => 1;

const SAMPLE_SOURCES: readonly Sample[] = [
  {
    name: 'joconde-etiquete',
    source: `options: { path: ${JSON.stringify(join(SAMPLES, 'pop'))}, match: "joconde-valid*.txt" }\nformat: joconde-text`,
    holds: () => lines('pop/joconde-valid-UTF-8.txt').filter((line) => line === 'REF').length,
  },
  {
    name: 'lido',
    source: `options: { path: ${JSON.stringify(join(SAMPLES, 'lido'))}, match: "*.lido.xml" }\nformat: lido`,
    holds: () => lines('lido/mona_lisa.lido.xml').join('').split('<lido:lidoRecID').length - 1,
  },
  {
    name: 'metiers-art',
    source: `options: { path: ${JSON.stringify(join(SAMPLES, 'metiers'))}, match: "*.csv" }\nmap: { kind: Concept, id: [domaine, metier, specialite], fields: { name: metier, alternativeNames: specialite, scheme: { value: "Arrêté du 12 décembre 2003" } } }`,
    holds: () =>
      lines('metiers/arrete-2003-12-12-metiers-artisanat-art.csv').filter((line) => line.trim() !== '').length - 1,
  },
  {
    name: 'openagenda-albi',
    source: from('openagenda', '*albi_events.json', 'openagenda'),
    holds: () => read('openagenda/pdf-exports_agenda_test_fixtures_albi_events.json').length,
  },
  { name: 'openagenda-un', source: from('openagenda', '*suzanne.event.json', 'openagenda'), holds: one },
  {
    name: 'openagenda-sdk',
    source: from('openagenda', 'sdk-js*events.json', 'openagenda'),
    holds: () => read('openagenda/sdk-js_test_fixtures_events.json').length,
  },
  {
    name: 'datatourisme',
    source: from('datatourisme', '*.json', 'datatourisme'),
    holds: () => readdirSync(join(SAMPLES, 'datatourisme')).filter((name) => name.endsWith('.json')).length,
  },
  {
    name: 'iiif',
    source: from('iiif', '*.manifest.json', 'iiif'),
    holds: () => readdirSync(join(SAMPLES, 'iiif')).length,
  },
  {
    name: 'entreprises',
    source: from('entreprises', 'search-response-sample.json', 'entreprise'),
    holds: () => read('entreprises/search-response-sample.json').results.length,
  },
  {
    name: 'acce',
    source: from('education', 'acce_etablissements.csv', 'annuaire-education'),
    holds: () => lines('education/acce_etablissements.csv').filter((line) => line !== '').length - 1,
  },
  {
    name: 'merimee',
    source: from('pop', 'GERTRUDE*.txt', 'merimee'),
    holds: () => lines('pop/GERTRUDE_xmlToMERIMEE_lexicovide.txt').filter((line) => /^"?IA\d+"?\|/.test(line)).length,
  },
  {
    name: 'palissy',
    source: from('pop', 'palissy*.csv', 'palissy'),
    holds: () => lines('pop/palissy-mh-valid-UTF-8.csv').filter((line) => /^PM\d+\|/.test(line)).length,
  },
  { name: 'notice-merimee', source: from('pop', 'api-notice-merimee*.js', 'merimee'), holds: one },
  { name: 'notice-palissy', source: from('pop', 'api-notice-palissy*.js', 'palissy'), holds: one },
  { name: 'notice-memoire', source: from('pop', 'api-notice-memoire*.js', 'memoire'), holds: one },
  { name: 'notice-joconde', source: from('pop', 'api-notice-joconde*.js', 'joconde'), holds: one },
];

const COMMON =
  'title: Essai\nprotocol: files\nlicence: Licence Ouverte 2.0\ncontact: https://example.org/\nvisibility: everything\n';

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'trame-samples-'));
  try {
    const reports = harvest(folder);
    for (const sample of SAMPLE_SOURCES)
      check(
        sample,
        reports.find(({ source }) => source === sample.name),
        folder,
      );
  } finally {
    spawnSync(...trame(folder, 'db', 'stop'));
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Report {
  readonly source: string;
  readonly outcome: string;
  readonly seen: number;
  readonly created: number;
  readonly rejected: number;
}

const trame = (folder: string, ...args: string[]) =>
  [
    process.execPath,
    [join(ROOT, 'deploy', 'cli', 'main.ts'), ...args],
    {
      cwd: ROOT,
      env: { ...process.env, TRAME_HOME: join(folder, 'home'), TRAME_SOURCES: folder, NEO4J_URI: '' },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    } as const,
  ] as const;

function harvest(folder: string): Report[] {
  const libraries = join(resolve(process.env['TRAME_HOME'] || join(ROOT, '.trame')), 'neo4j-lib');
  mkdirSync(join(folder, 'home'));
  if (existsSync(libraries)) symlinkSync(libraries, join(folder, 'home', 'neo4j-lib'));
  for (const { name, source } of SAMPLE_SOURCES)
    writeFileSync(join(folder, `${name}.yaml`), `name: ${name}\n${COMMON}${source}\n`);
  execFileSync(...trame(folder, 'db', 'start'));
  const { stdout, stderr } = spawnSync(
    ...trame(folder, 'harvest', ...SAMPLE_SOURCES.map(({ name }) => name), '--json'),
  );
  if (!stdout.trim()) throw new Error(`trame harvest said nothing: ${stderr}`);
  return JSON.parse(stdout) as Report[];
}

function check({ name, holds }: Sample, report: Report | undefined, folder: string): void {
  const there = holds();
  const told = report
    ? `${report.outcome}, ${report.seen} seen, ${report.created} created, ${report.rejected} rejected of ${there}`
    : 'no report';
  const listed = execFileSync(...trame(folder, 'records', name, '--ndjson'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { state: string; reason?: string });
  const reasons = listed.every(({ state, reason }) => state === 'live' || reason !== undefined);
  const held =
    report?.outcome === 'complete' &&
    there > 0 &&
    report.seen === there &&
    report.created + report.rejected === there &&
    listed.length === there &&
    reasons;
  console.log(`${held ? 'ok' : 'not ok'} sample ${name}: ${told}`);
  if (!held) process.exitCode = 1;
}

/** The least that may be right of what is linked, and the least part of what is meant that must be. */
const TARGETS = { precision: 0.97, recall: 0.85 } as const;

/** Texts of these notices that stand beside their code, read as any text is. */
function checkReading(): void {
  const reconcile = createReconciler();
  const texts = textsWithCodes(SAMPLES);
  for (const what of RECONCILED) {
    const { texts: count, precision, recall, misses } = score(what, texts[what], reconcile[what]);
    const held = count > 0 && precision >= TARGETS.precision && recall >= TARGETS.recall;
    const figures = `${count} texts with their code, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`;
    console.log(`${held ? 'ok' : 'not ok'} reading of ${what}: ${figures}, ${misses.length} missed`);
    if (!held) process.exitCode = 1;
  }
}

if (existsSync(SAMPLES)) {
  main();
  checkReading();
}
