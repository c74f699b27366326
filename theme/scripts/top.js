// What every page loads, before it is drawn: how large it is to be read, and that the search comes when it is wanted.
// A plain script, not a module: a module would come after the first drawing, and the letters would jump.
(() => {
  const script = document.currentScript;
  const later = (name) => import(new URL(name, script.src).href);
  const { index } = script.dataset;
  const { dataset } = document.documentElement;
  const ASKED = 'doorstep.asked';

  function asKept() {
    // A device that keeps nothing shows a page as it was left.
    try { dataset.sight = localStorage.getItem('sight') || ''; } catch (error) { dataset.sight = dataset.sight || ''; }
  }

  /** Whether words wait for this field: brought from another page, or those of before Back. */
  function waits(form, field) {
    const before = (history.state || {}).asked;
    if (before && before[0] === field.id) return true;
    try { return form.matches('.ds-search--here') && !!sessionStorage.getItem(ASKED); } catch (error) { return false; }
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
    if (document.activeElement === field || waits(form, field)) begin();
    // What is looked for (“家暴”) is nobody's business: it goes with the tab, in no address, so in no history and no log.
    form.addEventListener('submit', (event) => {
      if (form.matches('.ds-search--here')) return;
      event.preventDefault();
      try { sessionStorage.setItem(ASKED, field.value); } catch (error) { /* then it is typed again there */ }
      // What is half filled in, and a receipt, stay where they are.
      if (!document.querySelector('main form[method=post], [data-page=receipt]')) location.assign(form.action);
      else open(form.action);
    });
  }

  function wire() {
    const opener = document.getElementById('sight');
    if (opener) opener.addEventListener('click', () => later('sight.js').then((sight) => sight.toggle(opener)).catch(() => {}));
    if (index) document.querySelectorAll('.ds-search').forEach(seek);
  }

  asKept();
  addEventListener('DOMContentLoaded', wire);
  // Back leads to a page as it was drawn before the choice.
  addEventListener('pageshow', (event) => { if (event.persisted) asKept(); });
})();
