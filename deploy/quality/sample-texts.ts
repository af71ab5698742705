/** Texts of real notices that stand beside their code: what a reader makes of the text is held against the code. Only for machines that have the samples. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Reconciled } from '#graph-schema/reconcile/thresholds.ts';
import { fold } from '#graph-schema/text.ts';
import { tableRows, tableText } from '#graph-schema/vocabularies/tables.ts';
import type { Labelled } from './sets.ts';

/** All distinct pairs of text and code in a folder of samples. */
export function textsWithCodes(samples: string): Readonly<Record<Reconciled, readonly Labelled[]>> {
  return {
    places: distinct([...placesInJson(samples), ...belgianPlaces(samples)]),
    trades: distinct(craftsOfTheList(samples)),
    dates: distinct(datesInLido(samples)),
  };
}

const labelled = (text: string, expected: string, why: string): Labelled => ({
  set: 'dev',
  text,
  expected,
  from: '',
  to: '',
  why,
});

function distinct(rows: readonly Labelled[]): readonly Labelled[] {
  return [...new Map(rows.map((row) => [`${row.text}\n${row.expected}\n${row.from}`, row])).values()];
}

type Notice = Readonly<Record<string, unknown>>;

/** Every object of every JSON file, however deep, that names a commune and gives its INSEE code. */
function placesInJson(samples: string): Labelled[] {
  const folders = ['openagenda', 'datatourisme', 'entreprises', 'education', 'geo'];
  const files = folders.flatMap((folder) => filesIn(join(samples, folder), '.json'));
  return files.flatMap((file) => objectsIn(JSON.parse(readFileSync(file, 'utf8'))).flatMap(placesOf));
}

/** The names under which a commune and its code stand side by side, by partner; the postcode makes a second text. */
const COMMUNES = [
  { name: 'city', code: 'insee', postcode: 'postalCode' },
  { name: 'libelle_commune', code: 'commune', postcode: 'code_postal' },
  { name: 'nom_commune', code: 'code_commune', postcode: 'code_postal' },
  { name: 'localite', code: 'code_insee_localite', postcode: 'code_postal' },
  { name: 'city', code: 'citycode', postcode: 'postcode' },
] as const;

function placesOf(notice: Notice): Labelled[] {
  return COMMUNES.flatMap(({ name, code, postcode }) => {
    const [said, insee, post] = [notice[name], String(notice[code] ?? ''), notice[postcode]];
    if (typeof said !== 'string' || said.trim() === '' || !/^\d[\dAB]\d{3}$/.test(insee)) return [];
    const bare = labelled(said, `insee:${insee}`, `${name}/${code}`);
    return typeof post === 'string' || typeof post === 'number'
      ? [bare, labelled(`${post} ${said}`, `insee:${insee}`, `${postcode} ${name}/${code}`)]
      : [bare];
  });
}

function belgianPlaces(samples: string): Labelled[] {
  return filesIn(join(samples, 'geo'), '.json')
    .filter((file) => file.includes('belgian'))
    .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as Notice[])
    .flatMap((row) => {
      const code = `nis:${row['NIS_code']}`;
      // Of a merged municipality only the code of today is in the tables.
      if (!NIS.has(code)) return [];
      return [
        labelled(String(row['municipality_FR']), code, 'municipality/NIS'),
        labelled(`Belgique, ${row['municipality_FR']}`, code, 'municipality/NIS'),
      ];
    });
}

const NIS = new Set(tableRows(tableText('places')).flatMap(({ nis }) => (nis ? [`nis:${nis}`] : [])));

/** The crafts of the decree of 2003, beside the trades whose match with one of them is exact. */
function craftsOfTheList(samples: string): Labelled[] {
  const [file] = filesIn(join(samples, 'metiers'), '.csv');
  if (file === undefined) return [];
  const exact = Map.groupBy(
    tableRows(tableText('trades')).filter((row) => row['crafts-match'] === 'exact'),
    (row) => fold((row['crafts-2003'] ?? '').split('/')[1] ?? ''),
  );
  const rows = parse<Record<string, string>>(readFileSync(file, 'utf8'), { columns: true, delimiter: ';' });
  return rows.flatMap(({ metier = '' }) => {
    const trades = exact.get(fold(metier)) ?? [];
    return trades.length > 0 ? [labelled(metier, trades.map((row) => row['id']).join(' + '), 'crafts')] : [];
  });
}

/** Dates as they are shown, beside the years that LIDO gives for them. */
function datesInLido(samples: string): Labelled[] {
  const spans = filesIn(join(samples, 'lido'), '.lido.xml').flatMap((file) =>
    readFileSync(file, 'utf8')
      .split(/<lido:eventDate>|<lido:vitalDatesActor>/)
      .slice(1),
  );
  return spans.flatMap((span) => {
    const said = (name: string) => new RegExp(`<lido:${name}[^>]*>([^<]+)<`).exec(span)?.[1]?.trim();
    const [text, from, to] = [said('displayDate'), said('earliestDate'), said('latestDate')];
    return text && from && to ? [{ ...labelled(text, '', 'displayDate'), from, to }] : [];
  });
}

function filesIn(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

function objectsIn(value: unknown): Notice[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Notice, ...inner];
}
