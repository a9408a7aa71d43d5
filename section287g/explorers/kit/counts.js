// Changes of a count as `series.changes` in Python writes them, [lists since the last change, change, ...], as one
// count for each list; kept, because every drawing needs them again.
const decodedCounts = new WeakMap();

export function countsOf(changes, length) {
  if (!decodedCounts.has(changes)) decodedCounts.set(changes, addUp(changes, length));
  return decodedCounts.get(changes);
}

function addUp(changes, length) {
  const counts = new Array(length).fill(0);
  for (let place = 0, list = 0, count = 0; place < changes.length; place += 2) {
    list += changes[place];
    count += changes[place + 1];
    counts.fill(count, list);
  }
  return counts;
}
