// The search as one types. It is loaded when a field for it gets the focus; till then, and where it does not come, the
// field leads to the page that lists everything.
import { load } from './seeking/loading.js';
import { makePanel } from './seeking/panel.js';
import { search } from './seeking/ranking.js';
import { words } from './seeking/words.js';

const MOST = 20;
const SLOW = 400;

/** Of places only names that are nearly what was typed: a counter that merely sounds a little alike sends people astray. */
function places(ready, query) {
  const found = search(ready, query, 500).filter((one) => one.page.kind === 'place');
  return found.filter((one) => one.score >= Math.max(300, found[0].score / 2)).slice(0, MOST);
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

  /** The page that lists everything keeps its words, in its entry of the tab's history, so that Back shows them again. */
  function remember(asked) {
    if (!here || kind) return;
    try { history.replaceState(Object.assign({}, history.state, { asked }), ''); } catch (error) { /* not kept */ }
  }

  /** What comes late is shown only where it is still wanted. */
  function late(show) {
    if (field.value.trim() && panel.isWanted()) show();
  }

  function fetched() {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!ready) late(() => panel.say(words.slow)); }, SLOW);
    load(address).then((it) => { ready = it; late(update); }, () => {
      clearTimeout(timer);
      late(panel.fail);
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
  fetched();
}
