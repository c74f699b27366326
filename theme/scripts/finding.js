// A list filtered by what people type, whole or by the characters and pairs it shares. Only pages with a search load it.
//
// What is looked for (“家暴”) is nobody's business: it stands in no address, so in no history and no log. From another
// page it goes to the list with the tab, and Back finds it in the state of the list's own entry.
import { all, each, main, make } from './page.js';
import { words } from './words.js';

const ASKED = 'doorstep.asked';

const fold = (text) => text.normalize('NFKC').toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, '');

/** Single characters and neighbouring pairs: words need no dictionary, and 看病钱 still meets 看病花钱. */
function partsOf(text) {
  const characters = Array.from(text);
  return new Set(characters.concat(characters.slice(1).map((one, at) => characters[at] + one)));
}

/**
 * Which of `texts` answer `query`, best first: [[index, score]]. What stands in few texts weighs more, a pair twice a
 * character; the whole query standing in a text puts it before all others.
 * `names`: the texts are names, not descriptions, and share the whole query or half of its pairs, or are not meant.
 */
export function rank(query, texts, names = false) {
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
  const pairs = weights.map((weight) => weight[0]).filter((part) => part.length > 1);
  const meant = (text) => !names || text.includes(wanted) || pairs.filter((part) => text.includes(part)).length * 2 >= (pairs.length || 1);
  return scored.filter((one) => one[1] >= floor && meant(folded[one[0]])).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

const textOf = (item) => `${item.dataset.find} ${item.textContent}`;

function apply(items, places, query, status) {
  const found = new Map(rank(query, items.map(textOf), items[0].matches('.ds-place')));
  items.forEach((item, index) => { item.hidden = found.size > 0 && !found.has(index); });
  const order = query.trim() && found.size ? Array.from(found.keys()) : items.map((item, index) => index);
  order.forEach((index) => places.get(items[index]).append(items[index]));
  each(document, '[data-find-group]', (group) => { group.hidden = !group.querySelector('[data-find]:not([hidden])'); });
  const none = document.getElementById('find-none');
  if (none) none.hidden = found.size > 0;
  status.textContent = query.trim() ? words.found(found.size) : '';
}

/** The list filtered as one types. */
function filter(form, input) {
  const items = all(document, '[data-find]');
  if (!items.length) return;
  const places = new Map(items.map((item) => [item, item.parentElement]));
  const status = make('p', { class: 'ds-found', role: 'status' });
  form.after(status);
  const update = () => {
    apply(items, places, input.value, status);
    history.replaceState(Object.assign({}, history.state, { asked: input.value }), '', location.pathname);
  };
  let timer = 0;
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(update, 150); });
  form.addEventListener('submit', (event) => { event.preventDefault(); update(); });
  const look = (asked) => { if (asked) { input.value = asked; update(); } };
  look(new URLSearchParams(location.search).get('q') || (history.state || {}).asked || input.value);
  look(sessionStorage.getItem(ASKED)); // last: a browser that stores nothing throws here
  sessionStorage.removeItem(ASKED);
}

/** Takes the words along to the list. */
function hand(form, input) {
  form.addEventListener('submit', (event) => {
    try { sessionStorage.setItem(ASKED, input.value); } catch (error) { return; } // then the address must tell
    event.preventDefault();
    location.assign(form.action);
  });
}

function start() {
  const form = main() && main().querySelector('[role=search]');
  if (!form) return;
  const input = form.querySelector('input');
  if (input.id === 'find-q') filter(form, input);
  else hand(form, input);
}

if (typeof document === 'object') start();
