// Which pages answer a question, best first. doorstep/search/ranking.py does the same: all sums are whole numbers, so
// that browser and server agree to the last one.
import { reader } from './features.js';
import { read } from './index.js';

/** Ready to answer: every phrase of the index (as fetched) by its features. */
export function prepare(told) {
  const index = read(told);
  const features = reader(index);
  const ready = { index, features, byFeature: new Map(), worth: new Map(), sizes: [] };
  const kinds = new Map();
  const said = index.phrases.map((one, number) => {
    const found = features(one.text, one.field === 'title' || one.field === 'aliases');
    found.forEach((kind, feature) => {
      kinds.set(feature, kind);
      const numbers = ready.byFeature.get(feature);
      if (numbers) numbers.push(number);
      else ready.byFeature.set(feature, [number]);
    });
    return found;
  });
  kinds.forEach((kind, feature) => ready.worth.set(feature, weigh(ready, feature, kind)));
  ready.sizes = said.map((found) => {
    let sum = 0;
    found.forEach((kind, feature) => { sum += ready.worth.get(feature); });
    return sum;
  });
  return ready;
}

/** What stands on few pages weighs more. */
function weigh({ index, byFeature }, feature, kind) {
  const on = new Set((byFeature.get(feature) || []).map((number) => index.phrases[number].page)).size;
  return Math.floor(index.weights[kind] * Math.log(1 + index.pages.length / (on || 1)) + 0.5);
}

const better = (one, other) => !other || one[0] > other[0] || (one[0] === other[0] && one[1] < other[1]);

/** [{page: {kind, url, title, summary, next}, score, question: null or {title, url}}], best first. */
export function search(ready, query, limit = 20) {
  const { pages, phrases, weights } = ready.index;
  const asked = new Map();
  ready.features(query, false).forEach((kind, feature) => {
    const unknown = () => Math.floor((weigh(ready, feature, kind) * weights.unknown) / 100);
    asked.set(feature, ready.worth.get(feature) || unknown());
  });
  let total = 0;
  const byPhrase = new Map();
  const byPage = new Map();
  const add = (sums, key, worth) => sums.set(key, (sums.get(key) || 0) + worth);
  asked.forEach((worth, feature) => {
    total += worth;
    const numbers = ready.byFeature.get(feature) || [];
    numbers.forEach((number) => add(byPhrase, number, worth));
    new Set(numbers.map((number) => phrases[number].page)).forEach((page) => add(byPage, page, worth));
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
    if (cover < weights.floor) return;
    found.push([best.get(page)[0] + Math.floor((cover * weights.whole) / 100), page]);
  });
  found.sort((one, other) => other[0] - one[0] || one[1] - other[1]);
  return found.slice(0, limit).map(([score, page]) => ({ page: pages[page], score, question: question(asks.get(page)) }));
}
