import { Command } from 'commander';
import type { Database } from '#graph-schema/database.ts';
import { type LicenceLayer, layerInWords } from '#graph-schema/licences.ts';
import { withHub } from '../hub.ts';
import { table } from '../table.ts';

/** `trame licences`: under which licences what everyone may see is, what mixes several, and what nobody understood (docs/licences.md). */
export function licencesCommand(): Command {
  return new Command('licences')
    .description(
      'sous quelles licences sont les données et les images visibles, et ce qui en mêle plusieurs / licences of the visible data and pictures, and what mixes several',
    )
    .option('--json', 'pour un programme / for a program')
    .action((options: { json?: boolean }) =>
      withHub(async ({ database }) => {
        const found = {
          data: await dataLayers(database),
          pictures: await pictureLayers(database),
          unread: await unread(database),
        };
        console.log(options.json ? JSON.stringify(found, null, 2) : inWords(found));
      }, options.json),
    );
}

interface Counted {
  readonly kind: string;
  readonly layers: readonly string[];
  readonly count: number;
}

/** More than one layer: who takes the entity over heeds them all. */
async function dataLayers(database: Database): Promise<readonly Counted[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (e:Published) WHERE e.licenceLayers IS NOT NULL
       WITH head([label IN labels(e) WHERE NOT label IN ['Entity', 'Published']]) AS kind, e.licenceLayers AS layers
       RETURN kind, layers, count(*) AS count ORDER BY count DESC, kind`,
    ),
  );
  return records.map((row) => ({ kind: row.get('kind'), layers: row.get('layers'), count: Number(row.get('count')) }));
}

async function pictureLayers(database: Database): Promise<readonly Counted[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      "MATCH (m:Media:Published) RETURN coalesce(m.rightsLayer, 'unknown') AS layer, count(*) AS count ORDER BY count DESC",
    ),
  );
  return records.map((row) => ({ kind: 'Media', layers: [row.get('layer')], count: Number(row.get('count')) }));
}

/** What partners wrote and no layer was found for, the most frequent first: a word to add, or a question to ask them. */
async function unread(database: Database): Promise<readonly { readonly said: string; readonly count: number }[]> {
  const { records } = await database.read((tx) =>
    tx.run(
      `MATCH (e:Published) WHERE (e.licenceLayers = ['unknown'] AND e.licence IS NOT NULL) OR (e.rightsLayer = 'unknown' AND e.rights IS NOT NULL)
       RETURN CASE WHEN e:Media THEN e.rights ELSE e.licence END AS said, count(*) AS count ORDER BY count DESC, said LIMIT 20`,
    ),
  );
  return records.map((row) => ({ said: row.get('said'), count: Number(row.get('count')) }));
}

type Found = Readonly<{
  data: readonly Counted[];
  pictures: readonly Counted[];
  unread: Awaited<ReturnType<typeof unread>>;
}>;

function inWords({ data, pictures, unread: left }: Found): string {
  const rows = [...data, ...pictures].map(({ kind, layers, count }) => [
    kind,
    layers.map((layer) => layerInWords(layer as LicenceLayer).fr).join(' + '),
    count,
    layers.length > 1 ? 'plusieurs / several' : '',
  ]);
  const parts = [table(['quoi / what', 'licence', 'visibles / visible', ''], rows)];
  if (left.length > 0)
    parts.push(
      `Non reconnues / not understood :\n${table(
        ['écrit / written', 'fois / times'],
        left.map(({ said, count }) => [said.slice(0, 90), count]),
      )}`,
    );
  return parts.join('\n\n');
}
