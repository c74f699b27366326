// Pages that are read: a list filtered by what people type, whole or by the characters and pairs it shares; and the
// receipt's buttons that need a script, and its code: not to be lost by one wrong touch.
import { all, announce, button as makeButton, each, make } from './page.js';
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
export function finding(root, { first = false } = {}) {
  const input = document.getElementById('find-q');
  const items = all(document, '[data-find]');
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

/** The old way, for browsers without a clipboard, or pages not allowed to use it. */
function copyOld(text) {
  const field = make('textarea', { class: 'ds-visually-hidden', readonly: true, 'aria-hidden': 'true' });
  field.value = text;
  document.body.append(field);
  field.select();
  field.setSelectionRange(0, text.length);
  let done = false;
  try { done = document.execCommand('copy'); } catch (error) { done = false; }
  field.remove();
  return done;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    return copyOld(text);
  }
}

/** Whether leaving loses something: a code neither copied nor written down, or answers that no draft keeps. */
export const atRisk = () => Boolean(document.querySelector('#access-code:not([data-noted]), [data-typed]'));

/** The receipt's buttons and links. */
export function enhance(root) {
  each(root, '.ds-copy', (button) => {
    const source = root.querySelector(`#${button.dataset.copy}`);
    if (!source) return;
    const said = make('span', { class: 'ds-copied', 'aria-hidden': 'true' });
    const tell = (text) => {
      const code = root.querySelector('#access-code');
      if (code && text !== words.copyFailed) code.dataset.noted = '';
      announce(text);
      said.textContent = text;
    };
    button.hidden = false;
    button.addEventListener('click', async () => {
      const done = await copy(source.textContent.trim());
      button.focus();
      tell(done ? words.copied : words.copyFailed);
    });
    const noted = makeButton(words.noted, () => tell(words.keepApart), true);
    noted.classList.add('ds-noted', 'ds-noprint');
    button.after(noted, said);
  });
  // What leads away from a receipt leaves it standing.
  if (root.querySelector('[data-page=receipt]')) {
    each(root, 'a[href^="/"]', (link) => { link.target = '_blank'; link.rel = 'noopener'; });
  }
  if (typeof print !== 'function') return;
  each(root, '.ds-print', (button) => {
    button.hidden = false;
    button.addEventListener('click', () => print());
  });
}
