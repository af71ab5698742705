/** Section: large files read and mapped by the harvester's own path, against the bare writer; and the memory that a file of ten times the size takes. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { storedZip } from '#connectors/files/stored-zip.ts';
import { askScript } from './child.ts';
import { bareWriter } from './formats.ts';
import { elementsOf } from './generated-records.ts';
import { WITHIN_MS } from './harvest.ts';
import type { LargeFileAnswer, LargeFileInput } from './large-file-process.ts';
import type { Told } from './measures.ts';
import type { Bench } from './sections.ts';

const SECTION = 'grands fichiers';
const MEGABYTE = 1_000_000;
const SIZES = { small: 20 * MEGABYTE, large: 200 * MEGABYTE } as const;
/** Of the memory at the large size to that at the small one. */
const MOST_GROWTH = 1.5;
const TEMPLATES = 500;
/** A record is about six thousand bytes, as a LIDO notice is: so the whole takes a minute. */
const DESCRIPTIONS = 24;

interface Kind {
  readonly name: string;
  readonly file: string;
  /** The format, or the map of a table: lines of the source file. */
  readonly reading: string;
  readonly head: string;
  readonly record: (fields: Readonly<Record<string, string>>) => string;
  readonly between: string;
  readonly foot: string;
}

const TABLE = `map: { kind: HeritageObject, id: REF, fields: { name: TITR, description: DESC, date: MILL, dimensions: DIMS }, relations: { techniques: TECH, madeIn: LIEUX } }`;
const CSV: Kind = {
  name: 'CSV',
  file: 'banc.csv',
  reading: TABLE,
  head: 'REF;TITR;DENO;UTIL;MILL;TECH;DIMS;LIEUX;DESC\n',
  record: (fields) =>
    Object.values(fields)
      .map((value) => `"${value}"`)
      .join(';'),
  between: '\n',
  foot: '\n',
};
const JSON_ROWS = { reading: 'format: joconde', record: (fields: object) => JSON.stringify(fields) } as const;
const DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"';
const DC_NAMES: Readonly<Record<string, string>> = {
  REF: 'identifier',
  TITR: 'title',
  DENO: 'type',
  UTIL: 'subject',
  MILL: 'date',
  DESC: 'description',
};

const KINDS: readonly Kind[] = [
  CSV,
  { ...JSON_ROWS, name: 'tableau JSON', file: 'banc.json', head: '[', between: ',\n', foot: ']' },
  { ...JSON_ROWS, name: 'JSON par lignes', file: 'banc.ndjson', head: '', between: '\n', foot: '\n' },
  {
    name: 'liste XML',
    file: 'banc.xml',
    reading: 'format: oai-dc',
    head: `<?xml version="1.0" encoding="UTF-8"?>\n<list ${DC}>`,
    record: (fields) => `<oai_dc:dc>${Object.entries(fields).map(elementOf).join('')}</oai_dc:dc>`,
    between: '\n',
    foot: '</list>',
  },
  { ...CSV, name: 'zip', file: 'banc.zip' },
];

const elementOf = ([code, value]: readonly [string, string]): string => {
  const name = DC_NAMES[code] ?? 'format';
  return `<dc:${name}>${value}</dc:${name}>`;
};

/** Each file is removed before the next is made. */
export async function largeFiles(bench: Bench): Promise<Told[]> {
  const bare = await bareWriter(bench);
  const told: Told[] = [];
  for (const kind of KINDS) {
    bench.tell(`  ${SECTION} : ${kind.name}`);
    const small = await measured(kind, SIZES.small);
    const large = await measured(kind, SIZES.large);
    told.push(
      {
        section: SECTION,
        what: `${kind.name} : lire et traduire 200 Mo`,
        value: large.records / large.seconds,
        unit: 'notices/s',
        against: { what: 'écriture seule', value: bare },
        target: { least: 1 },
      },
      {
        section: SECTION,
        what: `${kind.name} : mémoire à 200 Mo`,
        value: large.peakMegabytes,
        unit: 'Mo',
        against: { what: 'à 20 Mo', value: small.peakMegabytes },
        target: { most: MOST_GROWTH },
      },
    );
  }
  return told;
}

async function measured(kind: Kind, bytes: number): Promise<LargeFileAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'trame-bench-'));
  try {
    const count = await writeRecords(kind, join(folder, kind.file), bytes);
    const source = join(folder, 'banc.yaml');
    const lines = [
      'name: banc-fichier',
      'title: "Banc de mesure"',
      'licence: démonstration',
      'contact: banc@example.org',
      'protocol: files',
      `options: { path: ${kind.file} }`,
      kind.reading,
      'visibility: everything',
    ];
    await writeFile(source, `${lines.join('\n')}\n`);
    const input: LargeFileInput = { source };
    const answer = await askScript<LargeFileAnswer>('large-file-process.ts', input, WITHIN_MS);
    if (answer.records !== count || answer.rejected > 0)
      throw new Error(`${kind.name}: ${answer.records} of ${count} records, ${answer.rejected} rejected`);
    return answer;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a file of about so many bytes; gives the number of its records. An archive holds the same as the table, in one file. */
async function writeRecords(kind: Kind, path: string, bytes: number): Promise<number> {
  let count = 0;
  const templates = Array.from({ length: TEMPLATES }, (_, rank) => fieldsOf(rank));
  function* pieces(): Generator<string> {
    yield kind.head;
    for (let written = 0; written < bytes; count += 1) {
      const number = String(count).padStart(8, '0');
      const record = kind.record({ REF: `BANC.${number}`, ...templates[count % TEMPLATES] });
      written += record.length;
      yield count === 0 ? record : kind.between + record;
    }
    yield kind.foot;
  }
  await pipeline(Readable.from(gathered(pieces())), createWriteStream(path));
  if (kind.file.endsWith('.zip')) await writeFile(path, storedZip([{ name: CSV.file, content: await readFile(path) }]));
  return count;
}

/** A stream of a hundred thousand small pieces would be slower than what is measured. */
function* gathered(pieces: Iterable<string>): Generator<Buffer> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < MEGABYTE) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

function fieldsOf(rank: number): Readonly<Record<string, string>> {
  const said = new Map(elementsOf(rank));
  const get = (name: string) => said.get(name) ?? '';
  return {
    TITR: get('title'),
    DENO: get('type'),
    UTIL: get('subject'),
    MILL: get('date'),
    TECH: 'bois',
    DIMS: get('format'),
    LIEUX: get('coverage'),
    DESC: Array.from({ length: DESCRIPTIONS }, () => get('description')).join(' '),
  };
}
