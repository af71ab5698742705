import { Command, Option } from 'commander';
import type { Database } from '#graph-schema/database.ts';
import { type Finding, words } from '#graph-schema/findings/finding.ts';
import { Complaint } from '../complaint.ts';
import { withHub } from '../hub.ts';

const STATES = ['live', 'missing', 'deleted', 'rejected'];
const PAGE = 5_000;

export function recordsCommand(): Command {
  return new Command('records')
    .description('les notices reçues d’une source, une par ligne / the records received from a source, one a line')
    .argument('<name>', 'nom de la source / name of the source')
    .addOption(new Option('--state <state>', 'seulement cet état / only this state').choices(STATES))
    .option('--ndjson', 'un objet JSON par ligne : id, state, modified, uid (et reason) / one JSON object a line')
    .action(async (name: string, options: { state?: string; ndjson?: boolean }) => {
      await withHub(async ({ database }) => {
        await known(database, name);
        for await (const record of recordsOf(database, name, options.state)) {
          const line = options.ndjson
            ? JSON.stringify(record)
            : `${record.state}\t${record.id ?? '(sans identifiant)'}\t${record.uid ?? ''}\t${record.reason ?? ''}`;
          if (!process.stdout.write(`${line}\n`)) await new Promise((done) => process.stdout.once('drain', done));
        }
      }, true);
    });
}

async function known(database: Database, name: string): Promise<void> {
  const { records } = await database.read((tx) => tx.run('MATCH (s:Source) RETURN s.name AS name ORDER BY name'));
  const names = records.map((row) => row.get('name') as string);
  if (names.includes(name)) return;
  throw new Complaint(
    `« ${name} » n’a pas encore été moissonnée ici / was never harvested here. ${names.length > 0 ? `Moissonnées / harvested: ${names.join(', ')}` : ''}`,
  );
}

interface ToldRecord {
  readonly id: string | null;
  readonly state: string;
  readonly modified: string | null;
  readonly uid: string | null;
  /** Why the record, or its latest version, was rejected. */
  readonly code?: string;
  readonly reason?: string;
}

/** By key, page by page: memory is one page. A live record whose latest version was rejected stays live, and tells why. */
async function* recordsOf(database: Database, source: string, state: string | undefined): AsyncGenerator<ToldRecord> {
  let after = '';
  for (;;) {
    const { records } = await database.read((tx) =>
      tx.run(
        `MATCH (r:SourceRecord) WHERE r.key STARTS WITH $prefix AND r.key > $after AND ($state IS NULL OR r.state = $state)
         RETURN r.key AS key, r.id AS id, r.state AS state, r.modified AS modified, r.uid AS uid, r.rejection AS rejection
         ORDER BY r.key LIMIT toInteger($page)`,
        { prefix: `${source}/`, after, state: state ?? null, page: PAGE },
      ),
    );
    for (const row of records) {
      const { key, rejection, ...told } = row.toObject() as unknown as ToldRecord & {
        key: string;
        rejection: string | null;
      };
      after = key;
      yield rejection === null ? told : { ...told, ...rejected(JSON.parse(rejection) as Finding) };
    }
    if (records.length < PAGE) return;
  }
}

function rejected(why: Finding): { code: string; reason: string } {
  return { code: why.code, reason: words(why).text };
}
