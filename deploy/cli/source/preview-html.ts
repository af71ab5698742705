/** `trame source preview --html`: one self-contained page in French, for a partner who has no terminal. No script, nothing fetched. */
import { words } from '#graph-schema/findings/finding.ts';
import type { MappedPreview, Preview, PreviewedLink } from '#harvesters/preview.ts';
import { plain } from './plain.ts';

/** What the page is about. */
export interface PreviewedSource {
  readonly name: string;
  readonly title: string;
  readonly owner: string | undefined;
  readonly licence: string;
}

const STYLE = `
:root { color-scheme: light dark; --line: #8888; --soft: #8882; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere; }
article { border-top: 2px solid var(--line); padding: .5rem 0 1.5rem; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
.pair > * { min-width: 0; }
pre { margin: 0; padding: .75rem; background: var(--soft); overflow: auto; max-height: 40rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th[scope=row] { font-weight: 500; width: 35%; }
.mark { border: 1px solid currentColor; border-radius: .25rem; padding: 0 .4rem; font-weight: 600; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; }
`;

/** The page, whole. Every text of the partner is escaped. */
export function previewHtml(source: PreviewedSource, previews: readonly Preview[], now: Date): string {
  const hidden = previews.filter((one) => one.outcome === 'mapped' && one.visibility === 'hidden').length;
  const aside = previews.filter(({ outcome }) => outcome === 'rejected').length;
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Aperçu de ${text(source.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#notices">Aller aux notices</a>
<header>
<h1>Aperçu : ${text(source.title)}</h1>
<p>Source « ${text(source.name)} »${source.owner === undefined ? '' : `, ${text(source.owner)}`}. Licence : ${text(source.licence)}. Aperçu du ${text(now.toLocaleString('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long', timeStyle: 'short' }))}.</p>
<p>${previews.length} premières notices, telles que le partenaire les donne et telles qu’elles seraient reprises : ${hidden} cachées, ${aside} mises de côté. Rien n’a été enregistré.</p>
</header>
<nav aria-label="Notices"><ol>${previews.map((one, index) => `<li><a href="#n${index + 1}">${text(nameOf(one))}</a></li>`).join('')}</ol></nav>
<main id="notices">
${previews.map((one, index) => article(one, index + 1)).join('\n')}
</main>
<footer><p>Page faite par Trame. Elle peut contenir des notices cachées : ne la publiez pas.</p></footer>
</body>
</html>
`;
}

function nameOf(preview: Preview): string {
  const name = preview.outcome === 'mapped' ? preview.fields.find((field) => field.name === 'name')?.value : undefined;
  return name ?? preview.id ?? '(sans identifiant)';
}

function article(preview: Preview, rank: number): string {
  return `<article id="n${rank}" aria-labelledby="t${rank}">
<h2 id="t${rank}">${rank}. ${text(nameOf(preview))}</h2>
<p>Identifiant chez le partenaire : <code>${text(preview.id ?? 'aucun')}</code></p>
<div class="pair">
<section aria-labelledby="r${rank}"><h3 id="r${rank}">Ce que le partenaire donne</h3><pre tabindex="0">${text(preview.raw || '(rien)')}</pre></section>
<section aria-labelledby="m${rank}"><h3 id="m${rank}">Ce que cela devient</h3>
${preview.outcome === 'mapped' ? becomes(preview) : notMapped(preview)}
</section>
</div>
</article>`;
}

function notMapped({ outcome, reason }: Exclude<Preview, MappedPreview>): string {
  if (outcome === 'deleted') return '<p><span class="mark">supprimée</span> chez le partenaire.</p>';
  if (outcome === 'seen') return '<p>Nommée par le partenaire, sans être donnée.</p>';
  const why = reason && words(reason);
  return `<p><span class="mark">mise de côté</span> ${text(why?.text ?? '')}</p><p>À faire : ${text(why?.remedy ?? '')}</p>`;
}

function becomes({ kindLabel, visibility, visibleUntil, identifiers, fields, links, notes }: MappedPreview): string {
  const until = visibleUntil === undefined ? '' : ` jusqu’au ${visibleUntil}`;
  const seen = visibility === 'public' ? `visible${until}` : 'cachée';
  const codes = identifiers.map(({ scheme, value }) => [`Identifiant ${scheme}`, value] as const);
  const rows = [...codes, ...fields.map(({ label, value }) => [label, value] as const)];
  return `<p>${text(kindLabel)} — <span class="mark">${text(seen)}</span></p>
${table('Champs', ['Champ', 'Valeur'], rows)}
${links.length === 0 ? '' : table('Relations', ['Relation', 'Dit par la notice', 'Mène à', 'Sûreté'], links.map(linkRow))}
${notes.length === 0 ? '' : `<h4>Remarques</h4><ul>${notes.map((note) => `<li>${text(words(note).text)}</li>`).join('')}</ul>`}`;
}

function linkRow({ label, said, leadsTo, how, confidence }: PreviewedLink): readonly string[] {
  const surely =
    leadsTo === undefined ? '–' : how === 'stated' ? 'dit par la notice' : `${Math.round(confidence * 100)} %`;
  return [label, said, leadsTo ?? 'inconnu des vocabulaires', surely];
}

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map((one) => `<th scope="col">${text(one)}</th>`).join('');
  const body = rows
    .map(
      ([first = '', ...rest]) =>
        `<tr><th scope="row">${text(first)}</th>${rest.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`,
    )
    .join('\n');
  return `<div class="wide"><table><caption>${text(caption)}</caption><thead><tr>${columns}</tr></thead><tbody>
${body}
</tbody></table></div>`;
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
