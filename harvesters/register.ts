/** The register of processing (in the spirit of article 30 of the GDPR), made from the sources' files: nothing is kept up by hand. Pure. */
import type { Source } from './sources.ts';

/** One processing of personal data: one source. A statement that its file does not make is empty, and told in `missing`. */
export interface RegisterEntry {
  readonly source: string;
  readonly title: string;
  readonly controller: string;
  readonly contact: string;
  readonly whose: string;
  readonly what: string;
  readonly purpose: string;
  readonly basis: string;
  readonly retention: string;
  readonly recipients: string;
  readonly since: string;
  readonly until: string;
  readonly missing: readonly string[];
}

export interface Register {
  readonly entries: readonly RegisterEntry[];
  /** Sources that map testimonies, collectors or agents, and say nothing of persons: somebody should look. */
  readonly undeclared: readonly string[];
}

/** Who gets to see it: what the gateway's doors give to everyone, or stewards alone. */
const EVERYONE =
  'tous, par le portail, GraphQL, OAI-PMH et les exports, dans la mesure de l’accord / everyone, as far as consent goes';
const STEWARDS = 'les gestionnaires de Trame seulement / Trame’s stewards alone';

export function registerOf(sources: readonly Source[]): Register {
  const sorted = [...sources].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    entries: sorted.flatMap((source) => (source.about.personal ? [entryOf(source)] : [])),
    undeclared: sorted
      .filter(({ about }) => about.personal === undefined && mayNamePersons(about.map))
      .map(({ name }) => name),
  };
}

function entryOf({ name, about }: Source): RegisterEntry {
  const { personal, agreement, visibility, owner } = about;
  const shown = personal?.consent !== undefined && visibility !== 'nothing';
  const missing = [
    ...(owner === undefined ? ['owner'] : []),
    ...(personal?.what === undefined ? ['personal.what'] : []),
    ...(agreement === undefined ? ['agreement'] : []),
    ...(personal?.consent === undefined && visibility !== 'nothing' ? ['personal.consent'] : []),
  ];
  return {
    source: name,
    title: about.title,
    controller: owner ?? '',
    contact: about.contact,
    whose: personal?.whose ?? '',
    what: personal?.what ?? '',
    purpose: personal?.purpose ?? '',
    basis: personal?.basis ?? '',
    retention: personal?.retention ?? '',
    recipients: shown ? EVERYONE : STEWARDS,
    since: agreement?.date ?? '',
    until: agreement?.end ?? '',
    missing,
  };
}

function mayNamePersons(map: unknown): boolean {
  const said = JSON.stringify(map ?? null);
  return /"(?:testimony|collector)"/.test(said);
}

const COLUMNS = {
  source: 'Source',
  title: 'Intitulé',
  controller: 'Responsable',
  contact: 'Contact',
  whose: 'Personnes concernées',
  what: 'Données',
  purpose: 'Finalité',
  basis: 'Base légale',
  retention: 'Conservation',
  recipients: 'Destinataires',
  since: 'Depuis',
  until: 'Jusqu’au',
  missing: 'Manque',
} as const satisfies Record<keyof RegisterEntry, string>;

type Column = keyof RegisterEntry;
const NAMES = Object.keys(COLUMNS) as readonly Column[];

const textOf = (entry: RegisterEntry, column: Column): string => {
  const value = entry[column];
  return typeof value === 'string' ? value : value.join(', ');
};

/** As CSV (RFC 4180), for a spreadsheet. A cell that a spreadsheet would take for a formula is quoted by an apostrophe. */
export function registerCsv({ entries }: Register): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
    return /[",\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows = entries.map((entry) => NAMES.map((column) => cell(textOf(entry, column))));
  return `${[NAMES.map((column) => cell(COLUMNS[column])), ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`;
}

/** As a page of Markdown. */
export function registerPage({ entries, undeclared }: Register, day: string): string {
  const blocks = entries.map((entry) => {
    const lines = NAMES.filter((column) => column !== 'title' && column !== 'missing').map(
      (column) => `- **${COLUMNS[column]}** : ${textOf(entry, column) || '*non dit / not stated*'}`,
    );
    const missing =
      entry.missing.length > 0 ? `\n- **À compléter / to be filled in** : ${entry.missing.join(', ')}` : '';
    return `## ${entry.title}\n\n${lines.join('\n')}${missing}`;
  });
  const open =
    undeclared.length === 0
      ? []
      : [
          `## À examiner / to be looked at\n\nCes sources parlent peut-être de personnes, et leur fichier ne dit rien (\`personal\`) / these may be about persons, and say nothing: ${undeclared.join(', ')}.`,
        ];
  return `${[`# Registre des traitements / register of processing\n\nTiré des fichiers de source le ${day} par \`trame register\`.`, ...blocks, ...open].join('\n\n')}\n`;
}
