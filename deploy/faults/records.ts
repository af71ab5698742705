/** One record that spoils its page wherever it stands, and records that are odd themselves: their neighbours must come all the same. */
import type { Fault } from './fault.ts';
import { idOf } from './repository.ts';
import { onPages, set } from './rows.ts';

/** On page 3 of the whole list. */
const POISONED = { at: 1, record: idOf(16) } as const;
const poisoned = (name: string) => ({ ...POISONED, name });

export const RECORD_FAULTS: readonly Fault[] = [
  ...onPages('records', [
    [
      'server-error',
      'HTTP 500 dès que cette notice est sur la page',
      'HTTP 500 wherever this record is on the page',
      poisoned('poisoned-server-error'),
    ],
    ['crossed-tags', 'Cette notice est mal balisée', 'This record is badly tagged', poisoned('poisoned-markup')],
    [
      'unclosed-tag',
      'Une balise de cette notice n’est jamais fermée',
      'A tag of this record is never closed',
      poisoned('poisoned-unclosed'),
    ],
    [
      'breaks-off',
      'La connexion tombe à cette notice',
      'The connection breaks at this record',
      poisoned('poisoned-break'),
    ],
    ['truncated-xml', 'La page s’arrête à cette notice', 'The page stops at this record', poisoned('poisoned-cut')],
    ['empty', 'Une page vide à cette notice', 'An empty page at this record', poisoned('poisoned-empty')],
    ['html', 'Une page web à cette notice', 'A web page at this record', poisoned('poisoned-html')],
    [
      'stops-in-body',
      'Le serveur se tait à cette notice',
      'The server falls silent at this record',
      poisoned('poisoned-silence'),
    ],
    ['no-identifier', 'Une notice sans identifiant', 'A record without an identifier', POISONED],
    ['no-header', 'Une notice sans en-tête', 'A record without a header', POISONED],
    ['no-metadata', 'Une notice sans métadonnées', 'A record without metadata', POISONED],
    ['empty-metadata', 'Une notice aux métadonnées vides', 'A record with empty metadata', POISONED],
    ['foreign-metadata', 'Une notice d’un autre format', 'A record in another format', POISONED],
    [
      'huge-text',
      '5 Mo dans une notice, à chaque fois',
      '5 MB in a record, every time',
      poisoned('poisoned-huge-text'),
    ],
    [
      'deep-nesting',
      '100 000 niveaux dans une notice, à chaque fois',
      '100,000 levels in a record, every time',
      poisoned('poisoned-deep'),
    ],
    [
      'many-elements',
      '200 000 éléments dans une notice, à chaque fois',
      '200,000 elements in a record, every time',
      poisoned('poisoned-elements'),
    ],
  ]),
  odd(
    'identifiers-with-blanks',
    'Des identifiants avec des blancs',
    'Identifiers with blanks',
    (n) => `oai:essai: notice ${n} a`,
  ),
  odd(
    'identifiers-by-case',
    'Des identifiants qui ne diffèrent que par la casse',
    'Identifiers that differ by case alone',
    (n) => `oai:essai:${n >> 1}${n % 2 ? 'a' : 'A'}`,
  ),
  odd(
    'identifiers-with-signs',
    'Des identifiants avec ? # % & / é',
    'Identifiers with ? # % & / é',
    (n) => `?essai#%41&/é"'${n}`,
  ),
  odd(
    'identifiers-of-900-characters',
    'Des identifiants de 900 caractères',
    'Identifiers of 900 characters',
    (n) => `${'x'.repeat(895)}${n}`,
  ),
  odd(
    'identifiers-like-properties',
    'Des identifiants nommés comme des propriétés',
    'Identifiers named like properties',
    (n) => ['__proto__', 'constructor', 'null', 'undefined', '0'][n] ?? `essai-${n}`,
  ),
  set(
    'records',
    'identifier-of-2000-characters',
    ['Un identifiant de 2 000 caractères, parmi d’autres', 'An identifier of 2,000 characters, among others'],
    (repository) => {
      const heal = (spoilt: readonly string[]) => {
        for (const id of spoilt) repository.remove(id);
      };
      return repository.partner({ heal });
    },
    { idOf: (n) => (n === 16 ? `oai:essai:${'x'.repeat(2_000)}` : idOf(n)) },
  ),
];

function odd(name: string, fr: string, en: string, make: (n: number) => string): Fault {
  return set('records', name, [fr, en], (repository) => repository.partner(), { idOf: make });
}
