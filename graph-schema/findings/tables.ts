/** The words of what can be found in a table: CSV, TSV, XLSX or ODS. */
import type { Words } from './finding.ts';

export const TABLE_FINDINGS = {
  'table-row-ragged': {
    severity: 'error',
    fr: '{file}, ligne {line} : {found} cellules au lieu de {expected}.',
    en: '{file}, line {line}: {found} cells instead of {expected}.',
    remedyFr: 'Un séparateur manque ou est de trop ; mettez entre guillemets un texte qui le contient.',
    remedyEn: 'A separator is missing or one too many; put a text that holds it between quotes.',
  },
  'table-quote-open': {
    severity: 'error',
    fr: '{file}, ligne {line} : un guillemet s’ouvre et ne se ferme pas.',
    en: '{file}, line {line}: a quote opens and does not close.',
    remedyFr: 'Fermez le guillemet, ou doublez-le s’il fait partie du texte. Les lignes suivantes ont été lues.',
    remedyEn: 'Close the quote, or double it if it is part of the text. The lines after it were read.',
  },
  'table-too-broken': {
    severity: 'error',
    fr: '{file} : plus de {limit} lignes brisées ; la lecture s’arrête à la ligne {line}.',
    en: '{file}: more than {limit} broken lines; reading stops at line {line}.',
    remedyFr: 'Demandez un nouvel export : les guillemets ou les séparateurs de celui-ci ne sont pas sûrs.',
    remedyEn: 'Ask for a new export: the quotes or separators of this one cannot be relied on.',
  },
  'table-header-again': {
    severity: 'info',
    fr: 'La ligne {line} de « {file} » répète l’en-tête : elle est passée.',
    en: 'Line {line} of “{file}” repeats the header: it is passed over.',
    remedyFr: 'Rien à faire ; deux exports ont sans doute été mis bout à bout.',
    remedyEn: 'Nothing to do; two exports were most likely put end to end.',
  },
  'table-header-repeated': {
    severity: 'warning',
    fr: '{file} : deux colonnes s’appellent « {column} » ; la seconde est lue sous le nom « {renamed} ».',
    en: '{file}: two columns are called “{column}”; the second is read under the name “{renamed}”.',
    remedyFr: 'Donnez à chaque colonne un nom propre.',
    remedyEn: 'Give each column a name of its own.',
  },
  'table-header-empty': {
    severity: 'warning',
    fr: '{file} : la colonne {position} a des valeurs mais pas de nom ; elle est lue sous le nom « {renamed} ».',
    en: '{file}: column {position} has values but no name; it is read under the name “{renamed}”.',
    remedyFr: 'Donnez-lui un nom dans la première ligne.',
    remedyEn: 'Give it a name in the first line.',
  },
  'table-columns-missing': {
    severity: 'error',
    fr: '{file} n’a pas la colonne {missing}. Ses colonnes sont : {found}.',
    en: '{file} has no column {missing}. Its columns are: {found}.',
    remedyFr:
      'Corrigez les noms de colonnes dans la source, ou le séparateur (« options.delimiter ») s’il est mal reconnu.',
    remedyEn: 'Correct the column names in the source, or the separator (“options.delimiter”) if it is not recognised.',
  },
  'table-columns-absent': {
    severity: 'warning',
    fr: '{file} n’a pas la colonne {missing}, que la source nomme ; le reste est lu.',
    en: '{file} has no column {missing}, which the source names; the rest is read.',
    remedyFr: 'Corrigez le nom dans la source si la colonne existe sous un autre nom. Colonnes du fichier : {found}.',
    remedyEn: 'Correct the name in the source if the column exists under another one. Columns of the file: {found}.',
  },
  'table-id-missing': {
    severity: 'error',
    fr: '{file}, ligne {line} : l’identifiant (colonne {columns}) est vide.',
    en: '{file}, line {line}: the identifier (column {columns}) is empty.',
    remedyFr: 'Donnez un identifiant à cette ligne.',
    remedyEn: 'Give this line an identifier.',
  },
  'table-cell-too-long': {
    severity: 'error',
    fr: '{file}, ligne {line} : la ligne dépasse {limit} Mo.',
    en: '{file}, line {line}: the line exceeds {limit} MB.',
    remedyFr: 'Un guillemet est sans doute resté ouvert, ou des images sont dans le fichier.',
    remedyEn: 'A quote has probably stayed open, or pictures are in the file.',
  },
  'table-sheets-unread': {
    severity: 'info',
    fr: '{file} a plusieurs feuilles ; seule « {sheet} » est lue (autres : {others}).',
    en: '{file} has several sheets; only “{sheet}” is read (others: {others}).',
    remedyFr: 'Pour une autre feuille, nommez-la dans « options.sheet ».',
    remedyEn: 'For another sheet, name it in “options.sheet”.',
  },
  'table-sheet-missing': {
    severity: 'error',
    fr: '{file} n’a pas de feuille « {sheet} ». Ses feuilles sont : {sheets}.',
    en: '{file} has no sheet “{sheet}”. Its sheets are: {sheets}.',
    remedyFr: 'Corrigez « options.sheet ».',
    remedyEn: 'Correct “options.sheet”.',
  },
  'table-workbook-broken': {
    severity: 'error',
    fr: 'Le classeur {file} ne peut pas être lu : {reason}.',
    en: 'The workbook {file} cannot be read: {reason}.',
    remedyFr: 'Ouvrez-le dans un tableur et enregistrez-le à nouveau, sans mot de passe, en XLSX, ODS ou CSV.',
    remedyEn: 'Open it in a spreadsheet program and save it again, without a password, as XLSX, ODS or CSV.',
  },
} as const satisfies Readonly<Record<string, Words>>;
