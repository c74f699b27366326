// The search as one types. It is loaded when a field for it gets the focus; till then, and where it does not come, the
// field leads to the page that lists everything.
import { load } from './seeking/loading.js';
import { makePanel } from './seeking/panel.js';
import { search } from './seeking/ranking.js';
import { words } from './seeking/words.js';

const ASKED = 'doorstep.asked';
const MOST = 20;
const SLOW = 400;

/** Of places only names that are nearly what was typed: a counter that merely sounds a little alike sends people astray. */
function places(ready, query) {
  const found = search(ready, query, 500).filter((one) => one.page.kind === 'place');
  return found.filter((one) => one.score >= Math.max(300, found[0].score / 2)).slice(0, MOST);
}

/** Words brought from another page, which are taken once. */
function brought() {
  try {
    const asked = sessionStorage.getItem(ASKED);
    sessionStorage.removeItem(ASKED);
    return asked;
  } catch (error) { return null; }
}

/** Wires the search `form`; `address` is the index's. */
export function start(form, address) {
  const field = form.querySelector('.ds-input');
  const { kind } = form.dataset;
  const here = form.matches('.ds-search--here');
  const stays = !!document.querySelector('main form[method=post], [data-page=receipt]');
  const panel = makePanel(form, field, { here, stays, kind });
  let ready = null;
  let timer = 0;

  function remember(asked) {
    if (stays) return; // the history of a page with a form is the form's
    try { history.replaceState(Object.assign({}, history.state, { asked: [field.id, asked] }), ''); } catch (error) { /* not kept */ }
  }

  function fetched() {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!ready && field.value.trim()) panel.say(words.slow); }, SLOW);
    load(address).then((it) => { ready = it; update(); }, () => {
      clearTimeout(timer);
      if (field.value.trim()) panel.fail();
    });
  }

  function update() {
    const query = field.value.trim();
    remember(query);
    if (!query) panel.clear();
    else if (!ready) fetched();
    else if (kind) panel.show(places(ready, query), query, true);
    else {
      const found = search(ready, query, MOST);
      panel.show(found, query, found.length && found[0].score >= ready.index.weights.sure);
    }
  }

  field.addEventListener('input', update);
  field.addEventListener('focus', () => { if (panel.mayOpen()) update(); });
  form.addEventListener('submit', (event) => {
    if (!here || !ready) return;
    event.preventDefault();
    update();
    field.blur(); // a phone's keyboard goes, and what was found is seen
  });
  const before = (history.state || {}).asked;
  const asked = (here && !kind && brought()) || (before && before[0] === field.id && before[1]);
  if (asked && !field.value) field.value = asked;
  fetched();
}
