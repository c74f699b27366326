// Which pages answer a question, best first. doorstep/search/ranking.py does the same: all sums are whole numbers, so
// that browser and server agree to the last one.
import { reader } from './features.js';
import { read } from './index.js';

const KINDS = ['char', 'pair', 'word', 'syllable', 'sound', 'initial'];
/** Milliseconds after which reading the index lets the page go on: an old phone needs a second for all of it. */
const PATIENCE = 12;

/** So many are told, however far behind the first; of what comes then, only what is near enough to it. */
const ALWAYS = 3;

const rest = () => new Promise((done) => { setTimeout(done); });

/** Of each kind by key: {on: the phrases it stands in, worth}. */
const noFeatures = () => new Map(KINDS.map((kind) => [kind, new Map()]));

/** Ready to answer: every phrase of the index, whose `bytes` were fetched, by its features. */
export async function prepare(bytes) {
  const index = read(bytes);
  const ready = { index, features: reader(index), found: noFeatures(), sizes: index.phrases.map(() => 0) };
  let begun = performance.now();
  for (let number = 0; number < index.phrases.length; number += 1) {
    const { text, field } = index.phrases[number];
    ready.features(text, field === 'title' || field === 'aliases', (kind, key) => {
      const known = ready.found.get(kind).get(key);
      if (!known) ready.found.get(kind).set(key, { on: [number], worth: 0 });
      else if (known.on[known.on.length - 1] !== number) known.on.push(number);
    });
    if (number % 50 === 0 && performance.now() - begun > PATIENCE) {
      await rest();
      begun = performance.now();
    }
  }
  ready.found.forEach((features, kind) => features.forEach((one) => {
    one.worth = weigh(index, kind, one.on);
    one.on.forEach((number) => { ready.sizes[number] += one.worth; });
  }));
  return ready;
}

/** What stands on few pages weighs more. */
function weigh(index, kind, on) {
  const count = on.filter((number, at) => !at || index.phrases[number].page !== index.phrases[on[at - 1]].page).length;
  return Math.floor(index.weights[kind] * Math.log(1 + index.pages.length / (count || 1)) + 0.5);
}

/** What the question is made of: [{on, worth}], each once. */
function partsOf({ index, features, found }, query) {
  const asked = noFeatures();
  features(query, false, (kind, key) => {
    const unknown = () => ({ on: [], worth: Math.floor((weigh(index, kind, []) * index.weights.unknown) / 100) });
    asked.get(kind).set(key, found.get(kind).get(key) || unknown());
  });
  return [].concat(...Array.from(asked.values(), (parts) => Array.from(parts.values())));
}

const better = (one, other) => !other || one[0] > other[0] || (one[0] === other[0] && one[1] < other[1]);

/** [{page: {kind, url, title, summary, next}, score, question: null or {title, url}}], best first. */
export function search(ready, query, limit = 20) {
  const { pages, phrases, weights } = ready.index;
  const add = (sums, key, worth) => sums.set(key, (sums.get(key) || 0) + worth);
  let total = 0;
  const byPhrase = new Map();
  const byPage = new Map();
  partsOf(ready, query).forEach(({ on, worth }) => {
    total += worth;
    on.forEach((number, at) => {
      const { page } = phrases[number];
      add(byPhrase, number, worth);
      if (!at || phrases[on[at - 1]].page !== page) add(byPage, page, worth);
    });
  });
  const best = new Map();
  const asks = new Map();
  byPhrase.forEach((common, number) => {
    const { page, field, link } = phrases[number];
    const alike = Math.floor((1000 * common) / Math.sqrt(total * ready.sizes[number]));
    const fits = [Math.floor((alike * weights[field]) / 100), number];
    if (better(fits, best.get(page))) best.set(page, fits);
    if (link && better(fits, asks.get(page))) asks.set(page, fits);
  });
  const question = (fits) => (fits && fits[0] >= weights.ask ? phrases[fits[1]].link : null);
  const found = [];
  byPage.forEach((common, page) => {
    const cover = Math.floor((1000 * common) / total);
    if (cover >= weights.floor) found.push([best.get(page)[0] + Math.floor((cover * weights.whole) / 100), page]);
  });
  found.sort((one, other) => other[0] - one[0] || one[1] - other[1]);
  const tail = found.length && (found[0][0] * weights.tail) / 100;
  const near = found.filter(([score], at) => at < ALWAYS || score >= tail);
  return near.slice(0, limit).map(([score, page]) => ({ page: pages[page], score, question: question(asks.get(page)) }));
}
