/** The namespaces that are in scope somewhere in a document, and how they are written. */

/** From prefix ('' for the default namespace) to URI. */
export type Bindings = Readonly<Record<string, string>>;

/** Namespaces in scope, and the text that declares them all. */
export interface Namespaces {
  readonly bindings: Bindings;
  readonly declarations: string;
}

export const NO_NAMESPACES: Namespaces = { bindings: Object.freeze(Object.create(null)), declarations: '' };

/** What is in scope inside an element that declares `own`. */
export function within(outer: Namespaces, own: Bindings): Namespaces {
  if (!hasKeys(own)) return outer;
  const bindings: Bindings = Object.assign(Object.create(null), outer.bindings, own);
  return { bindings, declarations: declare(Object.entries(bindings)) };
}

/** The declarations that a start tag lacks for its element to stand alone: of all that is in scope around it but what it declares itself. */
export function lacking({ bindings, declarations }: Namespaces, own: Bindings): string {
  return hasKeys(own) ? declare(Object.entries(bindings).filter(([prefix]) => !(prefix in own))) : declarations;
}

function declare(bindings: readonly (readonly [string, string])[]): string {
  return bindings
    .filter(([prefix, uri]) => uri !== '' && prefix !== 'xml' && prefix !== 'xmlns')
    .map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escaped(uri)}"`)
    .join('');
}

function escaped(uri: string): string {
  return uri.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}

function hasKeys(object: Bindings): boolean {
  for (const _ in object) return true;
  return false;
}
