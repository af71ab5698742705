/** `trame report`: one self-contained page for a museum, French with English beside. No script, nothing fetched. */
import type { CorrectionKind } from '#graph-schema/corrections/correction.ts';
import type { MuseumReport, ShownCorrection } from '#harvesters/corrections/report.ts';
import { plain } from '../source/plain.ts';

/** What the page is about. */
export interface ReportedSource {
  readonly name: string;
  readonly title: string;
  /** The name of the file to be loaded, which lies beside the page. */
  readonly corrections: string;
}

const HEADINGS: Readonly<Record<CorrectionKind, readonly [fr: string, en: string]>> = {
  characters: ['Caractères et espaces', 'Characters and blanks'],
  date: ['Dates', 'Dates'],
  place: ['Lieux', 'Places'],
  'former-commune': ['Communes d’autrefois', 'Former communes'],
  trade: ['Métiers', 'Trades'],
  'missing-trade': ['Métiers à ajouter', 'Trades to add'],
  inventory: ['Numéros d’inventaire en double', 'Inventory numbers used twice'],
  'other-source': ['Dit par une autre source', 'Said by another source'],
};

/** More rows of one sort would make the page too heavy to read; the others are in the files. */
const MOST_ROWS = 500;

const STYLE = `
:root { color-scheme: light dark; --line: #8888; --soft: #8882; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h1, h2 { line-height: 1.25; overflow-wrap: anywhere; }
[lang=en] { font-style: italic; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .5rem; }
dl div { border: 1px solid var(--line); padding: .5rem .75rem; } dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.value { white-space: pre-wrap; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; }
@media (max-width: 40rem) {
  thead { position: absolute; left: -99rem; }
  tr { display: block; border-bottom: 2px solid var(--line); padding: .5rem 0; }
  th, td { display: block; border: 0; }
  td::before { content: attr(data-label) " : "; font-weight: 600; }
}
@media print { .skip { display: none; } tr { break-inside: avoid; } a { color: inherit; } }
`;

/** The page, whole. Every text of the museum is escaped. */
export function reportPage(source: ReportedSource, report: MuseumReport, now: Date): string {
  const groups = (Object.keys(HEADINGS) as CorrectionKind[]).flatMap((kind) => {
    const rows = report.corrections.filter((one) => one.kind === kind);
    return rows.length === 0 ? [] : [{ kind, rows }];
  });
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Corrections proposées : ${text(source.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#corrections">Aller aux corrections</a>
<header>
<h1>Corrections proposées : ${text(source.title)}</h1>
<p>Source « ${text(source.name)} », ${text(now.toLocaleString('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long', timeStyle: 'short' }))}. ${both('Rien n’est changé chez vous : vous décidez.', 'Nothing is changed on your side: you decide.')}</p>
<dl>
${figure('Notices lues', 'records read', report.records)}
${figure('Corrections sûres', 'sure', report.sure)}
${figure('Questions', 'questions', report.questions)}
${figure('Reprises par vous', 'applied', report.closed.applied)}
${figure('Réglées autrement', 'mended otherwise', report.closed.otherwise)}
${figure('Refusées', 'refused', report.refused)}
</dl>
</header>
<main id="corrections">
<h2>À faire maintenant <span lang="en">/ what to do now</span></h2>
<ol>${actions(source, report)}</ol>
${groups.length > 1 ? `<nav aria-label="Sortes de corrections"><ul>${groups.map(({ kind, rows }) => `<li><a href="#${kind}">${text(HEADINGS[kind][0])}</a> (${rows.length})</li>`).join('')}</ul></nav>` : ''}
${groups.map(({ kind, rows }) => group(kind, rows)).join('\n')}
${report.beyond > 0 ? `<p>${both(`Et ${report.beyond} autres, montrées quand celles-ci seront réglées.`, `And ${report.beyond} others, shown once these are settled.`)}</p>` : ''}
</main>
<footer><p>${both('Page faite par Trame. Elle peut contenir des notices cachées : ne la publiez pas.', 'It may hold hidden records: do not publish it.')}</p></footer>
</body>
</html>
`;
}

function figure(fr: string, en: string, value: number): string {
  return `<div><dt>${both(fr, en)}</dt><dd>${value}</dd></div>`;
}

/** At most three, the quickest first. */
function actions({ corrections: file, name }: ReportedSource, { sure, questions, corrections }: MuseumReport): string {
  const [first] = corrections;
  const all = [
    ...(sure > 0
      ? [
          both(
            `Relisez les ${sure} corrections sûres, puis chargez ${file} dans votre outil d’inventaire.`,
            `Read the ${sure} sure corrections, then load ${file} in your inventory tool.`,
          ),
        ]
      : []),
    ...(questions > 0
      ? [
          both(
            `Répondez aux ${questions} questions (questions.csv) dans votre outil.`,
            `Answer the ${questions} questions (questions.csv) in your tool.`,
          ),
        ]
      : []),
    ...(first
      ? [
          both(
            `Ce que vous ne voulez pas : donnez-nous sa clé (trame report ${name} --refuse ${first.key}).`,
            'What you do not want: tell us its key.',
          ),
        ]
      : []),
  ];
  return (all.length > 0 ? all : [both('Rien : tout est en ordre.', 'Nothing: all is well.')])
    .map((one) => `<li>${one}</li>`)
    .join('\n');
}

function group(kind: CorrectionKind, rows: readonly ShownCorrection[]): string {
  const [fr, en] = HEADINGS[kind];
  const more =
    rows.length > MOST_ROWS
      ? `<p>${both(`… et ${rows.length - MOST_ROWS} autres, dans les fichiers.`, 'and others, in the files.')}</p>`
      : '';
  return `<section aria-labelledby="${kind}">
<h2 id="${kind}">${both(fr, en)}</h2>
<table><caption>${rows.length} ${both('propositions', 'proposals')}</caption>
<thead><tr>${['Notice', 'Champ', 'Votre valeur', 'Proposé', 'Pourquoi', 'Clé'].map((one) => `<th scope="col">${one}</th>`).join('')}</tr></thead>
<tbody>
${rows.slice(0, MOST_ROWS).map(line).join('\n')}
</tbody></table>${more}
</section>`;
}

function line({
  id,
  page,
  column,
  form,
  before,
  proposed,
  why,
  confidence,
  codes,
  key,
  since,
}: ShownCorrection): string {
  const link = page !== undefined && /^https?:\/\//i.test(page) ? `<a href="${text(page)}">${text(id)}</a>` : text(id);
  const choices = proposed.length === 0 ? '–' : proposed.map(text).join(form === 'sure' ? '' : '<br>ou / or ');
  const surely = form === 'sure' ? `sûr, ${Math.round(confidence * 100)} %` : 'question';
  const cell = (label: string, value: string, style = '') => `<td data-label="${label}"${style}>${value}</td>`;
  return `<tr><th scope="row">${link}</th>${cell('Champ', text(column))}${cell('Votre valeur', before === '' ? '(vide)' : text(before), ' class="value"')}${cell('Proposé', choices)}${cell('Pourquoi', `${both(why.fr, why.en)} (${surely}${codes.length > 0 ? ` ; ${codes.map(text).join(', ')}` : ''} ; depuis le ${text(since.slice(0, 10))})`)}${cell('Clé', `<code>${key}</code>`)}</tr>`;
}

function both(fr: string, en: string): string {
  return `${text(fr)} <span lang="en">/ ${text(en)}</span>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function text(value: string): string {
  return plain(value).replace(/[&<>"']/g, (one) => ENTITIES[one]!);
}
