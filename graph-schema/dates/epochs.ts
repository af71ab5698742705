/** Régimes, reigns and wars whose limits are agreed on. Others (Moyen Âge, Renaissance, gallo-romain, époque contemporaine) have no years of their own and stay text. */
import { edtfYear, PERHAPS, type Rule, years } from './spans.ts';

type Limits = readonly [from: number, to: number | undefined];

const EPOCHS: ReadonlyMap<string, Limits> = new Map<string, Limits>([
  ['revolution', [1789, 1799]],
  ['revolution francaise', [1789, 1799]],
  ['directoire', [1795, 1799]],
  ['consulat', [1799, 1804]],
  ['1e empire', [1804, 1815]],
  ['restauration', [1814, 1830]],
  ['monarchie de juillet', [1830, 1848]],
  ['1e republique', [1792, 1804]],
  ['2e republique', [1848, 1852]],
  ['2e empire', [1852, 1870]],
  ['3e republique', [1870, 1940]],
  ['4e republique', [1946, 1958]],
  ['5e republique', [1958, undefined]],
  ['guerre de 1870', [1870, 1871]],
  ['guerre de 1870-1871', [1870, 1871]],
  ['guerre de 1870-71', [1870, 1871]],
  ['guerre franco-prussienne', [1870, 1871]],
  ['1e guerre mondiale', [1914, 1918]],
  ['1e guerre', [1914, 1918]],
  ['grande guerre', [1914, 1918]],
  ['guerre 14-18', [1914, 1918]],
  ['guerre 1914-1918', [1914, 1918]],
  ['entre-deux-guerres', [1918, 1939]],
  ['entre deux guerres', [1918, 1939]],
  ['2e guerre mondiale', [1939, 1945]],
  ['guerre 39-45', [1939, 1945]],
  ['guerre 1939-1945', [1939, 1945]],
]);

/** Reigns, by the sovereign's name, and the Empire. Named alone they are as often a style of furniture. */
const REIGNS: ReadonlyMap<string, Limits> = new Map<string, Limits>([
  ['francois 1e', [1515, 1547]],
  ['henri iv', [1589, 1610]],
  ['louis xiii', [1610, 1643]],
  ['louis xiv', [1643, 1715]],
  ['louis xv', [1715, 1774]],
  ['louis xvi', [1774, 1792]],
  ['napoleon 1e', [1804, 1815]],
  ['empire', [1804, 1815]],
  ['louis xviii', [1814, 1824]],
  ['charles x', [1824, 1830]],
  ['louis-philippe', [1830, 1848]],
  ['napoleon iii', [1852, 1870]],
]);

const SAID = /^(?:regne|epoque|periode|temps|sous|pendant|durant)(?: de la| de l'| du| de| d'| la| le| l')? ?/;

/** "Second Empire", "époque Restauration", "sous Louis XV", "Louis XIII (règne)", "guerre de 14-18". */
export const epoch: Rule = (text) => {
  const name = text
    .replace(SAID, '')
    .replace(/ ?\(regne\)$/, '')
    .replace(/ $/, '');
  const said = name.length < text.length;
  const known = EPOCHS.get(name) ?? EPOCHS.get(name.replace(/^guerre de /, 'guerre '));
  if (known) return spanOf(known, 0.8, 'period');
  const reign = REIGNS.get(name.replace('louis philippe', 'louis-philippe'));
  return reign && spanOf(reign, said ? 0.8 : PERHAPS, 'reign');
};

function spanOf([from, to]: Limits, confidence: number, rule: string) {
  if (to !== undefined) return years(from, to, confidence, rule);
  return { from, edtf: `${edtfYear(from)}/..`, confidence, rule };
}
