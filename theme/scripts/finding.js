// Filters a list already on the page by what people type: whole, or by the characters and pairs it shares.
import { each, make } from './page.js';
import { words } from './words.js';

const fold = (text) => text.normalize('NFKC').toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, '');

/** Single characters and neighbouring pairs: words need no dictionary, and 看病钱 still meets 看病花钱. */
function partsOf(text) {
  const characters = Array.from(text);
  return new Set(characters.concat(characters.slice(1).map((one, at) => characters[at] + one)));
}

/**
 * Which of `texts` answer `query`, best first: [[index, score]]. What stands in few texts weighs more, a pair twice a
 * character; the whole query standing in a text puts it before all others.
 */
export function rank(query, texts) {
  const wanted = fold(query);
  if (!wanted) return texts.map((text, index) => [index, 0]);
  const folded = texts.map(fold);
  const weights = Array.from(partsOf(wanted)).map((part) => {
    const count = folded.filter((text) => text.includes(part)).length;
    return [part, part.length * (count ? Math.log(1 + texts.length / count) : 0.5)];
  });
  const total = weights.reduce((sum, weight) => sum + weight[1], 0);
  const scored = folded.map((text, index) => {
    const shared = weights.filter((weight) => text.includes(weight[0])).reduce((sum, weight) => sum + weight[1], 0);
    return [index, shared / total + (text.includes(wanted) ? 1 : 0)];
  });
  const best = Math.max(0, ...scored.map((one) => one[1]));
  const floor = best >= 1 ? 0.5 : Math.max(0.25, best * 0.6);
  return scored.filter((one) => one[1] >= floor).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

const textOf = (item) => `${item.dataset.find} ${item.textContent}`;

function apply(items, places, query, status) {
  const found = new Map(rank(query, items.map(textOf)));
  items.forEach((item, index) => { item.hidden = !found.has(index); });
  const order = query.trim() ? Array.from(found.keys()) : items.map((item, index) => index);
  order.forEach((index) => places.get(items[index]).append(items[index]));
  each(document, '[data-find-group]', (group) => { group.hidden = !group.querySelector('[data-find]:not([hidden])'); });
  const none = document.getElementById('find-none');
  if (none) none.hidden = found.size > 0;
  status.textContent = query.trim() ? words.found(found.size) : '';
}

export function enhance(root, { first = false } = {}) {
  const input = document.getElementById('find-q');
  const items = Array.from(document.querySelectorAll('[data-find]'));
  if (!first || !input || !items.length) return;
  const places = new Map(items.map((item) => [item, item.parentElement]));
  const status = make('p', { class: 'ds-found', role: 'status' });
  (input.form || input).after(status);
  const update = () => {
    apply(items, places, input.value, status);
    const query = input.value.trim();
    history.replaceState(history.state, '', location.pathname + (query ? `?q=${encodeURIComponent(query)}` : ''));
  };
  let timer = 0;
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(update, 150); });
  if (input.form) input.form.addEventListener('submit', (event) => { event.preventDefault(); update(); });
  const asked = new URLSearchParams(location.search).get('q');
  if (asked) input.value = asked;
  if (input.value) update();
}
