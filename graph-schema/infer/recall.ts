/** Short texts come again and again (a denomination, a domain, a training): what they tell is kept, by the resolver that read them. */
import type { Resolver } from '../vocabularies/resolver.ts';

/** Texts that are remembered of one sort, and the longest of them in UTF-16 units. */
const LIMITS = { texts: 20_000, length: 120 } as const;

/** What was made for a resolver, made once for as long as that lives. */
export function perResolver<T>(make: (resolver: Resolver) => T): (resolver: Resolver) => T {
  const known = new WeakMap<Resolver, { readonly made: T }>();
  return (resolver) => {
    const found = known.get(resolver) ?? { made: make(resolver) };
    known.set(resolver, found);
    return found.made;
  };
}

/** A reader that remembers; when it is full it forgets all. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly told: T }>();
  return (text) => {
    if (text.length > LIMITS.length) return read(text);
    const found = known.get(text);
    if (found !== undefined) return found.told;
    if (known.size >= LIMITS.texts) known.clear();
    const told = read(text);
    known.set(text, { told });
    return told;
  };
}
