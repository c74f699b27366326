// Back and Forward over pages that came by post. The history's states hold numbers only; the pages themselves stay in
// memory, so that nothing of them outlives the tab.

const run = `${Date.now()}-${Math.random()}`;
const pages = new Map();
let here = { run, page: 0, at: 0, depth: 0 };
let last = 0;
let settled = false;
let path = '';

/** What is left for a page of ours does not get its scroll back: going back would take it from the page shown by then. */
function write(how, address) {
  try {
    if (how === 'pushState') history.scrollRestoration = 'manual';
    history[how](here, '', address);
  } catch (error) { /* a browser that forbids it */ }
}

/** Begins; returns the section an earlier visit of this entry stood at. */
export function begin() {
  const before = history.state && history.state.run ? history.state : {};
  path = location.pathname;
  here = Object.assign({}, here, before, { run, page: 0 });
  write('replaceState');
  return here.at;
}

/** One section on, within the page. */
export function step(at) {
  here = Object.assign({}, here, { at, depth: here.depth + 1 });
  write('pushState');
}

export function stay(at) {
  here = Object.assign({}, here, { at });
  write('replaceState');
}

/** To a new page: `old` {nodes, title} is kept for Back, unless it must not be seen again (null). */
export function turn(old, address) {
  if (old) pages.set(here.page, old);
  last += 1;
  here = { run, page: last, at: 0, depth: here.depth + 1 };
  settled = false;
  write('pushState', address);
}

/**
 * At the receipt: what led here is forgotten, and Back leaves for whatever stood before the form. `address` shows the
 * receipt without its code: there a reload finds it, and not the empty form.
 */
export function settle(address) {
  const depth = here.depth;
  pages.clear();
  last += 1;
  here = { run, page: last, at: 0, depth: 0 };
  settled = address || location.href;
  write('replaceState', settled);
  if (depth > 0) history.go(-depth);
}

/** `holds(kept)` is true while nothing may move, or not to that page; `bring(page)` shows a kept page and returns the one it replaced. */
export function listen({ holds, bring, show }) {
  addEventListener('popstate', (event) => {
    const state = event.state;
    if (!state || !state.run) return;
    if (settled) { write('replaceState', settled); return; }
    const away = state.run === run ? state.page !== here.page : location.pathname !== path;
    const kept = away && state.run === run && pages.get(state.page);
    if (holds(kept)) { write('pushState'); return; }
    if (away) {
      if (!kept || Date.now() > kept.until) { location.reload(); return; }
      pages.set(here.page, bring(kept));
    }
    here = { run, page: state.run === run ? state.page : here.page, at: state.at, depth: state.depth };
    show(state.at);
  });
}
