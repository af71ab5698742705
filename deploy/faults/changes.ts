/** Repositories that change: while they are read, and between two harvests. */
import type { Fault as Misbehaviour } from '#connectors/partners/oai-provider/faults.ts';
import type { Fault, Harvest, Partner } from './fault.ts';
import { idOf, type Repository, type RepositoryOptions } from './repository.ts';
import { ALWAYS, set } from './rows.ts';

const NO_TOMBSTONES = { given: { deletedRecord: 'no' } } as const;
const IN_DAYS = { given: { granularity: 'YYYY-MM-DD', earliestDatestamp: '2024-01-01' } } as const;

/** On the first page: records by date, and 0, 1 and 2 have the earliest. */
const FIRST_LIVE = [0, 1, 2] as const;

/** While the list is read: when page 3 is asked for. */
const midway = (name: string, fr: string, en: string, work: (repository: Repository) => void, options = {}): Fault =>
  set(
    'changes',
    name,
    [fr, en],
    (repository) => {
      repository.before(3, () => work(repository));
      return repository.partner();
    },
    options,
  );

/** Between two harvests: a whole one of the healthy partner comes first. */
const later = (name: string, fr: string, en: string, breaks: (repository: Repository) => void, options = {}): Fault =>
  set('changes', name, [fr, en], (repository) => repository.partner({ breaks: () => breaks(repository) }), options);

/** What disappears comes back, as it was, a night later. */
function restored(
  name: string,
  fr: string,
  en: string,
  breaks: (repository: Repository) => void,
  given: RepositoryOptions,
  options = {},
  also: NonNullable<Partner['also']> = () => [],
): Fault {
  return set(
    'changes',
    name,
    [fr, en],
    (repository, { clock }) => {
      const around = async (harvest: Harvest) => {
        const without = await harvest();
        clock.leap(25);
        repository.restore();
        return [without, await harvest()];
      };
      return repository.partner({ options, also, around, breaks: () => breaks(repository) });
    },
    given,
  );
}

const half = (repository: Repository) => repository.ids().filter((_, n) => n % 2 === 0);

export const CHANGE_FAULTS: readonly Fault[] = [
  midway(
    'changed-while-read',
    'Trois notices lues changent et passent à la fin',
    'Three records already read change and move to the end',
    (repository) => {
      for (const n of FIRST_LIVE) repository.touch(idOf(n));
    },
  ),
  midway(
    'many-changed-while-read',
    'Dix notices lues changent et passent à la fin',
    'Ten records already read change and move to the end',
    (repository) => {
      for (const id of repository.ids().slice(0, 10)) repository.touch(id);
    },
  ),
  midway(
    'taken-back-while-read',
    'Trois notices lues sont supprimées',
    'Three records already read are taken back',
    (repository) => {
      for (const n of FIRST_LIVE) repository.bury(idOf(n));
    },
  ),
  midway(
    'revived-while-read',
    'Une suppression lue redevient une notice',
    'A tombstone already read becomes a record again',
    (repository) => repository.revive(idOf(3)),
  ),
  midway(
    'removed-while-read',
    'Trois notices lues disparaissent : les suivantes glissent',
    'Three records already read disappear: the next ones slip',
    (repository) => {
      for (const n of FIRST_LIVE) repository.remove(idOf(n), true);
    },
    NO_TOMBSTONES,
  ),
  midway('added-while-read', 'Une notice s’ajoute à la fin', 'A record is added at the end', (repository) =>
    repository.add('oai:essai:neuve'),
  ),
  midway(
    'added-at-the-beginning-while-read',
    'Une notice s’ajoute au début',
    'A record is added at the beginning',
    (repository) => repository.add('oai:essai:ancienne', '2024-02-01T00:00:00Z'),
  ),
  later('nothing-changed', 'Rien n’a changé depuis', 'Nothing has changed since', () => undefined),
  later(
    'changed-since',
    'Des notices ont changé, d’autres s’ajoutent, une est supprimée',
    'Records have changed, others are new, one is taken back',
    (repository) => {
      for (const n of [0, 1, 2, 44]) repository.touch(idOf(n));
      repository.add('oai:essai:neuve');
      repository.bury(idOf(8));
    },
  ),
  later(
    'changed-by-a-slow-clock',
    'L’horloge du partenaire retarde de deux minutes',
    'The partner’s clock is two minutes slow',
    (repository) => repository.touch(idOf(5), '2024-06-01T11:58:30Z'),
  ),
  later(
    'changed-since-in-days',
    'Une notice a changé ; les dates sont en jours',
    'A record has changed; datestamps are in days',
    (repository) => repository.touch(idOf(5), '2024-06-01'),
    IN_DAYS,
  ),
  later(
    'removed-since',
    'Une notice a disparu ; les suppressions ne sont pas gardées',
    'A record has disappeared; deletions are not kept',
    (repository) => repository.remove(idOf(5)),
    NO_TOMBSTONES,
  ),
  later(
    'half-removed-since',
    'La moitié a disparu ; les suppressions ne sont pas gardées',
    'Half have disappeared; deletions are not kept',
    (repository) => {
      for (const id of half(repository)) repository.remove(id);
    },
    NO_TOMBSTONES,
  ),
  later('half-taken-back-since', 'La moitié est supprimée d’un coup', 'Half are taken back at once', (repository) => {
    for (const id of half(repository)) repository.bury(id);
  }),
  later(
    'other-identifiers-since',
    'Tous les identifiants ont changé',
    'All identifiers have changed',
    (repository) => {
      for (const id of repository.ids()) {
        repository.remove(id);
        repository.add(id.replace('oai:essai', 'oai:nouveau'));
      }
    },
    NO_TOMBSTONES,
  ),
  later('back-again', 'Une notice supprimée revient', 'A record that was taken back returns', (repository) =>
    repository.revive(idOf(3)),
  ),
  restored(
    'emptied-since',
    'L’entrepôt est vide : noRecordsMatch à tout',
    'The repository is empty: noRecordsMatch to everything',
    (repository) => repository.empty(),
    NO_TOMBSTONES,
  ),
  restored(
    'emptied-whole-list',
    'L’entrepôt est vide, et toute la liste est demandée',
    'The repository is empty, and the whole list is asked for',
    (repository) => repository.empty(),
    {},
    { incremental: false },
    ([without]) => (without?.outcome === 'complete' ? ['an empty list was taken for the whole'] : []),
  ),
  restored(
    'half-hidden-whole-list',
    'La moitié manque à toute la liste, puis revient',
    'Half are not in the whole list, then return',
    (repository) => {
      for (const id of half(repository)) repository.remove(id);
    },
    {},
    { incremental: false },
  ),
  set(
    'changes',
    'dates-refused-since',
    ['from est refusé : badArgument', 'from is refused: badArgument'],
    (repository) => {
      const breaks = () => {
        repository.touch(idOf(5));
        repository.faults.push({ kind: 'bad-argument', at: 1, times: ALWAYS });
      };
      return repository.partner({ breaks });
    },
  ),
  set(
    'changes',
    'seconds-refused-since',
    ['Des secondes sont annoncées, et refusées', 'Seconds are announced, and refused'],
    (repository) => {
      const breaks = () => {
        repository.touch(idOf(5));
        repository.faults.push({ kind: 'refuses-seconds', at: 1 });
      };
      return repository.partner({ breaks });
    },
  ),
  ...(
    ['response-date-a-day-ahead', 'response-date-a-day-behind', 'response-date-local', 'no-response-date'] as const
  ).map((kind) =>
    set(
      'changes',
      `${kind}-then-changes`,
      [
        `L’horloge du partenaire est fausse (${kind}), puis des notices changent`,
        `The partner’s clock is wrong (${kind}), then records change`,
      ],
      (repository) => {
        repository.faults.push({ kind, at: 1, times: ALWAYS });
        // An hour after the first harvest: by the right clock.
        return repository.partner({ breaks: () => repository.touch(idOf(5), '2024-06-01T13:00:00Z') });
      },
    ),
  ),
  later(
    'changed-since-without-tombstones',
    'Une notice a changé, une autre est nouvelle ; les suppressions ne sont pas gardées',
    'A record has changed, another is new; deletions are not kept',
    (repository) => {
      repository.touch(idOf(6));
      repository.add('oai:essai:neuve');
    },
    NO_TOMBSTONES,
  ),
  sweeping(
    'sweep-breaks-off',
    'Le relevé des identifiants est coupé, et une notice a disparu',
    'The list of identifiers breaks off, and a record has disappeared',
    'truncated-xml',
    true,
  ),
  sweeping(
    'sweep-refused',
    'Le relevé des identifiants échoue',
    'The list of identifiers fails',
    'server-error',
    false,
  ),
  sweeping(
    'sweep-skips-a-record',
    'Le relevé des identifiants saute une notice par page',
    'The list of identifiers skips a record a page',
    'skips-a-header',
    false,
  ),
  doubtful(
    'doubt-without-identifiers',
    'Des notices sont sautées, et ListIdentifiers échoue',
    'Records are skipped, and ListIdentifiers fails',
    'ListIdentifiers',
  ),
  doubtful(
    'doubt-without-records',
    'Des notices sont sautées, et GetRecord échoue',
    'Records are skipped, and GetRecord fails',
    'GetRecord',
  ),
];

/** No tombstones are kept, so that the identifiers are listed after the changes; that list goes wrong. */
function sweeping(name: string, fr: string, en: string, kind: Misbehaviour['kind'], removes: boolean): Fault {
  return later(
    name,
    fr,
    en,
    (repository) => {
      if (removes) repository.remove(idOf(5));
      repository.touch(idOf(6));
      repository.faults.push({ kind, verb: 'ListIdentifiers', at: 1, times: ALWAYS });
    },
    NO_TOMBSTONES,
  );
}

/** The list lacks records, and so does the way to find out. */
function doubtful(name: string, fr: string, en: string, verb: 'ListIdentifiers' | 'GetRecord'): Fault {
  return set('changes', name, [fr, en], (repository) => {
    repository.faults.push(
      { kind: 'skips-a-record', at: 2, times: ALWAYS },
      { kind: 'server-error', verb, at: 1, times: ALWAYS },
    );
    return repository.partner();
  });
}
