// What every page loads, before it is drawn: how large it is to be read, that its script will come and what that will
// show, and that the search comes when it is wanted.
// A plain script, not a module: a module would come after the first drawing, and the letters would jump.
(() => {
  const script = document.currentScript;
  const later = (name) => import(new URL(name, script.src).href);
  const { index } = script.dataset;
  const { dataset } = document.documentElement;
  const ASKED = 'doorstep.asked';
  const FRESH = 60000; // milliseconds
  /** Milliseconds after which a page does without a script that is still on its way. */
  const PATIENCE = 8000;

  function asKept() {
    // A device that keeps nothing shows a page as it was left.
    try { dataset.sight = localStorage.getItem('sight') || ''; } catch (error) { dataset.sight = dataset.sight || ''; }
  }

  /** 'later' where it is not known yet what will be shown: what was kept on this device, or an address or Back asks for. */
  function expected() {
    try {
      const own = localStorage.getItem('doorstep.own-device') === 'yes';
      const draft = own && localStorage.getItem(`doorstep.draft.${location.pathname.split('/')[2]}`);
      if (draft || location.search || (history.state || {}).at) return 'later';
      return own ? 'own' : 'new';
    } catch (error) { return 'new'; }
  }

  /** Styles show at once what the page's script will, and it takes the mark away; without it, the plain page comes back. */
  function expect() {
    const plain = () => { delete dataset.script; };
    dataset.script = expected();
    addEventListener('load', plain);
    setTimeout(plain, PATIENCE);
  }

  /** Words brought from another page, taken away by whichever page comes first; those of a way that failed are stale. */
  function taken() {
    try {
      const brought = sessionStorage.getItem(ASKED);
      sessionStorage.removeItem(ASKED);
      const [at, words] = JSON.parse(brought) || [];
      return Date.now() - at < FRESH ? words : '';
    } catch (error) { return ''; }
  }

  function seek(form) {
    const field = form.querySelector('.ds-input');
    let begun = false;
    const begin = () => {
      if (begun) return;
      begun = true;
      later('seeking.js').then((seeking) => seeking.start(form, index)).catch(() => { begun = false; });
    };
    field.addEventListener('focus', begin);
    const here = form.matches('.ds-search--here');
    const words = here && !form.dataset.kind && (brought || (history.state || {}).asked);
    if (words && !field.value) field.value = words;
    if (words || document.activeElement === field) begin();
    // What is looked for (“家暴”) stands in no address. It goes with the tab to the page that lists everything, which alone
    // keeps it, in its own entry of the tab's history, so that Back shows the list again.
    form.addEventListener('submit', (event) => {
      if (here) return;
      event.preventDefault();
      try { sessionStorage.setItem(ASKED, JSON.stringify([Date.now(), field.value])); } catch (error) { /* then it is typed again there */ }
      // What is half filled in, and a receipt, stay where they are.
      if (!document.querySelector('main form[method=post], [data-page=receipt]')) location.assign(form.action);
      else {
        open(form.action); // with what is kept here, copied
        taken();
      }
    });
  }

  function wire() {
    const opener = document.getElementById('sight');
    if (opener) opener.addEventListener('click', () => later('sight.js').then((sight) => sight.toggle(opener)).catch(() => {}));
    if (index) document.querySelectorAll('.ds-search').forEach(seek);
  }

  asKept();
  const brought = taken();
  expect();
  addEventListener('DOMContentLoaded', wire);
  // Back leads to a page as it was drawn before the choice.
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    asKept();
    taken();
  });
})();
