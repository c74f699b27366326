// What every page loads, before it is drawn: how large it is to be read, and that the search comes when it is wanted.
// A plain script, not a module: a module would come after the first drawing, and the letters would jump.
(() => {
  const script = document.currentScript;
  const later = (name) => import(new URL(name, script.src).href);
  const { index } = script.dataset;

  function wire() {
    const field = document.querySelector('.ds-search .ds-input');
    if (!field || !index) return;
    const wanted = () => later('seeking.js').then((seeking) => seeking.start(field.form, index)).catch(() => {});
    field.addEventListener('focus', wanted, { once: true });
    if (document.activeElement === field) wanted();
  }

  addEventListener('DOMContentLoaded', wire);
})();
