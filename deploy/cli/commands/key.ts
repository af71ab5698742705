import { userInfo } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ROLES, type Role } from '#gateway/access/caller.ts';
import { readKeyUse, type Use } from '#gateway/access/key-use.ts';
import {
  type ApiKey,
  addKey,
  type KeyRefusal,
  listKeys,
  MOST_BUDGET,
  MOST_KEYS,
  MOST_NAME,
  revokeKey,
} from '#gateway/access/keys.ts';
import { Complaint } from '../complaint.ts';
import { withHub } from '../hub.ts';
import { table } from '../table.ts';

/** `trame key`: the keys of those who read more than everyone, or decide (docs/access.md). */
export function keyCommand(): Command {
  const command = new Command('key').description('les clés d’accès à GraphQL / the keys of the GraphQL API');
  command
    .command('add')
    .description('fait une clé, montrée cette seule fois / make a key, shown this once')
    .argument('<name>', 'à qui ou à quoi elle sert / who or what it is for')
    .option('--role <roles>', `rôles, séparés par des virgules / roles, by commas : ${ROLES.join(', ')}`, readRoles, [])
    .option('--budget <units>', 'unités par minute / units a minute', Number)
    .option(
      '--expires <day>',
      'premier jour où elle n’ouvre plus / first day on which it opens nothing, YYYY-MM-DD',
      readDay,
    )
    .addOption(by())
    .action(add);
  command
    .command('list')
    .description('les clés et leurs chiffres, du jour et du mois / the keys and their figures, today and this month')
    .option('--json', 'pour un programme / for a program')
    .action(list);
  command
    .command('revoke')
    .description(
      'ferme une clé pour de bon, partout en dix secondes / close a key for good, everywhere within ten seconds',
    )
    .argument('<id>', 'son numéro / its id')
    .addOption(by())
    .action(revoke);
  return command;
}

const by = () => new Option('--by <who>', 'qui décide / who decides').default(userInfo().username);

function readRoles(text: string): readonly Role[] {
  const roles = text.split(',').map((role) => role.trim());
  const wrong = roles.find((role) => !(ROLES as readonly string[]).includes(role));
  if (wrong !== undefined) throw new InvalidArgumentError(`« ${wrong} » ; rôles / roles : ${ROLES.join(', ')}`);
  return roles as Role[];
}

function readDay(text: string): Date {
  const day = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) return day;
  throw new InvalidArgumentError('un jour : AAAA-MM-JJ / a day: YYYY-MM-DD');
}

interface Adding {
  readonly role: readonly Role[];
  readonly budget?: number;
  readonly expires?: Date;
  readonly by: string;
}

const REFUSALS: Readonly<Record<KeyRefusal, string>> = {
  'too-many': `Il y a déjà ${MOST_KEYS} clés / there are ${MOST_KEYS} keys already.`,
  'bad-name': `Le nom a de 1 à ${MOST_NAME} caractères / the name has 1 to ${MOST_NAME} characters.`,
  'bad-budget': `--budget : un nombre entier de 1 à ${MOST_BUDGET} / a whole number from 1 to ${MOST_BUDGET}.`,
  expired: '--expires : ce jour est passé / that day is past.',
};

async function add(name: string, { role, budget, expires, by: who }: Adding): Promise<void> {
  await withHub(async ({ database }) => {
    const made = await addKey(database, {
      name,
      roles: role,
      by: who,
      ...(budget === undefined ? {} : { budget }),
      ...(expires === undefined ? {} : { expiresAt: expires }),
    });
    if ('refused' in made) throw new Complaint(REFUSALS[made.refused]);
    // The key alone goes to standard output, so that it can be put where it belongs without being read.
    console.error(
      `Clé ${made.key.id} (${made.key.roles.join(', ') || 'lecture / reading'}). Elle n’est montrée que cette fois ; elle s’envoie dans « Authorization: Bearer … », jamais dans une adresse.\nKey ${made.key.id}. It is shown this once; send it in “Authorization: Bearer …”, never in an address.`,
    );
    console.log(made.text);
  });
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  await withHub(async ({ database }) => {
    const [keys, use] = [await listKeys(database), await readKeyUse(database)];
    if (json)
      return console.log(
        JSON.stringify(
          keys.map((key) => ({ ...key, ...use.get(key.id) })),
          null,
          2,
        ),
      );
    if (keys.length === 0)
      return console.log('Aucune clé / no key. « trame key add NOM --role steward » en fait une / makes one.');
    const rows = keys.map((key) => {
      const { today, month } = use.get(key.id) ?? {};
      return [
        key.id,
        key.name,
        key.roles.join(', ') || '–',
        stateOf(key),
        key.budget ?? '–',
        shown(today),
        shown(month),
        key.lastUsedAt?.slice(0, 10) ?? '–',
      ];
    });
    console.log(
      table(
        [
          'clé / key',
          'nom / name',
          'rôles / roles',
          'état / state',
          'budget',
          'ce jour / today',
          'ce mois / month',
          'vue / seen',
        ],
        rows.map((row) => row.map(String)),
      ),
    );
    console.log('\nChiffres : demandes · unités · refus / figures: requests · units · refusals');
  }, true);
}

function shown(use: Use | undefined): string {
  if (use === undefined) return '–';
  return [use.requests, use.cost, use.refusals].map((figure) => figure.toLocaleString('fr-FR')).join(' · ');
}

function stateOf({ revokedAt, expiresAt }: ApiKey): string {
  if (revokedAt !== null) return `révoquée / revoked ${revokedAt.slice(0, 10)}`;
  if (expiresAt === null) return 'ouverte / open';
  const day = expiresAt.slice(0, 10);
  return Date.parse(expiresAt) <= Date.now() ? `périmée / expired ${day}` : `jusqu’au / until ${day}`;
}

async function revoke(id: string, { by: who }: { readonly by: string }): Promise<void> {
  await withHub(async ({ database }) => {
    const key = await revokeKey(database, id, who);
    if (key === undefined)
      throw new Complaint(`Aucune clé n’a ce numéro : voyez « trame key list » / no key has this id.`);
    console.log(
      `La clé ${key.id} (${key.name}) est révoquée ; elle n’ouvre plus rien d’ici dix secondes / is revoked, and opens nothing within ten seconds.`,
    );
  });
}
