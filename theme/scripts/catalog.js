// The catalog: what it lists narrowed by for whom, by kind of matter and by street. What was chosen stands in the address,
// so Back, a reload and a link sent to somebody show the same. Only this page loads it.
import { all, button, each, focusOn, make } from './shared/elements.js';

const EVERYONE = 'everyone';
const NAMES = { for: '不限给谁用', category: '不限哪一类', place: '不限在哪里' };

const holds = (item, name, value) => !value || item.dataset[name].split(' ').includes(value);
/** What is for everyone is for each group. */
const fits = (item, wanted) => Object.keys(wanted).every(
  (name) => holds(item, name, wanted[name]) || (name === 'for' && holds(item, name, EVERYONE)),
);

function start() {
  const list = document.getElementById('catalog-list');
  const filters = document.getElementById('catalog-filters');
  const count = document.getElementById('catalog-count');
  const none = document.getElementById('catalog-none');
  const wider = document.getElementById('catalog-wider');
  if (!list || !filters) return;
  const items = Array.from(list.children);
  const groups = all(filters, '[data-filter]');
  const wide = matchMedia('(min-width:48em)');
  let wanted = {};

  const counted = (change) => items.filter((item) => fits(item, Object.assign({}, wanted, change))).length;

  /** What the address asks for, as far as there is such a thing. */
  function asked() {
    const query = new URLSearchParams(location.search);
    const found = {};
    groups.forEach((group) => {
      const value = query.get(group.dataset.filter) || '';
      found[group.dataset.filter] = all(group, 'button').some((chip) => chip.value === value) ? value : '';
    });
    return found;
  }

  function show() {
    const found = items.filter((item) => fits(item, wanted));
    const own = (item) => (wanted.for && !holds(item, 'for', wanted.for) ? 1 : 0);
    items.forEach((item) => { item.hidden = !found.includes(item); });
    // What is meant for just these people first, then what is for everyone; else as it was built.
    items.slice().sort((a, b) => own(a) - own(b) || items.indexOf(a) - items.indexOf(b)).forEach((item) => list.append(item));
    groups.forEach((group) => {
      const name = group.dataset.filter;
      each(group, 'button', (chip) => {
        const number = chip.querySelector('small');
        chip.setAttribute('aria-pressed', String(chip.value === wanted[name]));
        if (!number) return;
        number.textContent = counted({ [name]: chip.value });
        chip.classList.toggle('is-none', number.textContent === '0');
        if (chip.value === wanted[name]) group.querySelector('summary strong').textContent = chip.querySelector('span').textContent;
      });
      group.classList.toggle('is-chosen', wanted[name] !== '');
      if (!wanted[name]) group.querySelector('summary strong').textContent = group.querySelector('button').textContent;
    });
    const chosen = Object.keys(wanted).filter((name) => wanted[name]);
    const first = found.filter((item) => own(item) === 0).length;
    const order = wanted.for && first > 0 && first < found.length ? `，专门的 ${first} 项排在前面` : '';
    count.textContent = chosen.length ? `找到 ${found.length} 项${order}` : `共 ${items.length} 项`;
    none.hidden = found.length > 0;
    wider.textContent = '';
    if (found.length) return;
    const ways = chosen.map((name) => [NAMES[name], { [name]: '' }]).filter((way) => counted(way[1]));
    if (!ways.length) ways.push(['全部重选', { for: '', category: '', place: '' }]);
    ways.forEach(([text, change]) => wider.append(button(`${text}（${counted(change)} 项）`, () => { choose(change); focusOn(count); }, true)));
  }

  function choose(change) {
    groups.forEach((group) => {
      const name = group.dataset.filter;
      if (name in change) wanted[name] = change[name];
    });
    const query = new URLSearchParams();
    Object.keys(wanted).forEach((name) => { if (wanted[name]) query.set(name, wanted[name]); });
    const text = query.toString();
    history.pushState(history.state, '', location.pathname + (text ? `?${text}` : ''));
    show();
  }

  groups.forEach((group) => {
    group.open = wide.matches;
    each(group, 'button', (chip) => chip.addEventListener('click', () => {
      const name = group.dataset.filter;
      choose({ [name]: chip.value === wanted[name] ? '' : chip.value });
      if (wide.matches) return;
      group.open = false;
      focusOn(group.querySelector('summary'));
    }));
  });
  addEventListener('popstate', () => { wanted = asked(); show(); });
  filters.hidden = false;
  document.getElementById('catalog-plain').hidden = true;
  wanted = asked();
  if (Object.keys(wanted).some((name) => wanted[name])) show();
  delete document.documentElement.dataset.script;
}

start();
