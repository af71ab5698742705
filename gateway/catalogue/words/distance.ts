/** How many letters have to be changed, left out, put in or swapped with their neighbour to make one word of another (Damerau–Levenshtein, optimal string alignment). */

/** Undefined where it is more than `most`. */
export function distanceWithin(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        distance = Math.min(distance, before[j - 2]! + 1);
      row.push(distance);
      least = Math.min(least, distance);
    }
    if (least > most) return undefined;
    before = last;
    last = row;
  }
  const distance = last[b.length]!;
  return distance <= most ? distance : undefined;
}
