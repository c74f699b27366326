// What every page loads, before it is drawn: how large it is to be read, and that the search comes when it is wanted.
// A plain script, not a module: a module would come after the first drawing, and the letters would jump.
(() => {
  const script = document.currentScript;
  const later = (name) => import(new URL(name, script.src).href);
  const { index } = script.dataset;
  const { dataset } = document.documentElement;

  function asKept() {
    // A device that keeps nothing shows a page as it was left.
    try { dataset.sight = localStorage.getItem('sight') || ''; } catch (error) { dataset.sight = dataset.sight || ''; }
  }

  function wire() {
    const opener = document.getElementById('sight');
    if (opener) opener.addEventListener('click', () => later('sight.js').then((sight) => sight.toggle(opener)).catch(() => {}));
    const field = document.querySelector('.ds-search .ds-input');
    if (!field || !index) return;
    const wanted = () => later('seeking.js').then((seeking) => seeking.start(field.form, index)).catch(() => {});
    field.addEventListener('focus', wanted, { once: true });
    if (document.activeElement === field) wanted();
  }

  asKept();
  addEventListener('DOMContentLoaded', wire);
  // Back leads to a page as it was drawn before the choice.
  addEventListener('pageshow', (event) => { if (event.persisted) asKept(); });
})();
