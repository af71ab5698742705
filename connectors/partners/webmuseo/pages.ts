/** What a reader sees at a record's address: a tiny page, and a picture drawn by the stand-in. */
import { escapeXml } from './escape.ts';
import { creditOf, type DemonstrationObject, dimensionsText } from './objects.ts';
import { seededRandom } from './random.ts';
import type { ObjectName, Workspace } from './workspaces.ts';

/** One drawing a shape, in a frame of 240 by 150. `currentColor` is the colour of the thing. */
const DRAWINGS: Readonly<Record<ObjectName['shape'], string>> = {
  long: '<path d="M20 80h150l50-12v24l-50-4H20z"/>',
  boite: '<path d="M50 60h110v60H50z"/><path d="M50 60l25-25h110l-25 25M160 60l25-25v60l-25 25" fill-opacity=".6"/>',
  roue: '<path fill="none" stroke="currentColor" stroke-width="10" d="M170 75a50 50 0 1 1-100 0a50 50 0 1 1 100 0M70 75h100M120 25v100"/>',
  pot: '<path d="M75 45h90l-10 80H85z"/><path fill="none" stroke="currentColor" stroke-width="7" d="M165 60q35 15-8 45"/>',
  bouteille: '<path d="M110 15h20v35q25 12 25 35v45H85V85q0-23 25-35z"/>',
  feuille:
    '<path d="M80 15h65l20 20v100H80z" fill-opacity=".5"/><path fill="none" stroke="currentColor" stroke-width="4" d="M92 50h60M92 68h60M92 86h60M92 104h40"/>',
  tissu: '<path d="M50 30q35 15 70 0t70 0v85q-35 15-70 0t-70 0z"/>',
  machine:
    '<path d="M45 100h150v25H45zM60 50h70v50H60zM140 70h40v30h-40z"/><path fill="none" stroke="currentColor" stroke-width="7" d="M180 50a20 20 0 1 1-40 0a20 20 0 1 1 40 0"/>',
  lampe:
    '<path d="M95 50h50v60H95z" fill-opacity=".5"/><path d="M90 35h60v15H90zM85 110h70v18H85z"/><path fill="none" stroke="currentColor" stroke-width="6" d="M105 35q15-35 30 0"/>',
  lame: '<path d="M20 70h45v16H20z" fill-opacity=".6"/><path d="M65 62h150q-30 34-150 32z"/>',
  plaque: '<path d="M45 35h150v80H45z" fill-opacity=".6"/><path d="M60 65h120v8H60zM60 85h90v8H60z"/>',
  bobine: '<path d="M80 25h80v18H80zM80 107h80v18H80z"/><path d="M95 43h50v64H95z" fill-opacity=".6"/>',
  figure: '<path d="M120 15q35 10 25 50q30 30 5 65H90q-25-35 5-65q-10-40 25-50z"/>',
};

const COLOURS: readonly string[] = ['#7a4f2b', '#4c5b66', '#8a6d1f', '#5b6b45', '#6b3f4a', '#31566b'];

/** An SVG of the object's kind, labelled as demonstration. Same object, same drawing. */
export function picture(workspace: Workspace, object: DemonstrationObject): string {
  const colour = seededRandom(`${workspace.name}/${object.id}/colour`).pick(COLOURS);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180" width="480" height="360" role="img">` +
    `<title>${escapeXml(object.name.name)} (démonstration)</title><rect width="240" height="180" fill="#f4efe6"/>` +
    `<g fill="currentColor" color="${colour}">${DRAWINGS[object.name.shape]}</g>` +
    `<text x="120" y="158" font-family="sans-serif" font-size="11" text-anchor="middle" fill="#222">${escapeXml(object.name.name)}</text>` +
    `<text x="120" y="173" font-family="sans-serif" font-size="9" text-anchor="middle" fill="#666">démonstration</text></svg>\n`
  );
}

/** The page of a record. A hidden record has none: the portal shows only what may be seen. */
export function recordPage(workspace: Workspace, object: DemonstrationObject): string {
  const title = escapeXml(object.title ?? object.name.name);
  const image = object.pictured
    ? `<p><img src="/webmuseo/${workspace.name}/images/${object.id}.svg" width="480" height="360" alt="${title}"></p>`
    : '';
  const facts = [
    ['Numéro d’inventaire', object.inventoryNumber],
    ['Dénomination', object.name.name],
    ['Date', object.date.text],
    ['Lieu', object.place],
    ['Matériaux', object.material],
    ['Dimensions', dimensionsText(object)],
  ].map(([label, value]) => `<dt>${label}</dt><dd>${escapeXml(value ?? '')}</dd>`);
  return (
    `<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${title} – ${escapeXml(creditOf(workspace))}</title><h1>${title}</h1>${image}` +
    `<p>${escapeXml(object.description)}</p><dl>${facts.join('')}</dl><p>${escapeXml(creditOf(workspace))}</p></html>\n`
  );
}
