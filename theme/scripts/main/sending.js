// Every post of the resident's way: one at a time, sent again until it is through, its answer shown in this page.
import { all, button, each, focusOn, make } from '../shared/elements.js';
import { actionOf, announce, applicationForm, body, controlsOf, deliver, filled, main, post } from './page.js';
import { atRisk } from './reading.js';
import { current, showSection, takes } from './sections.js';
import { listen, settle, turn } from './travel.js';
import { words } from './words.js';

let underWay = null;
let clicked = null;
let enhanceShown = () => {};

const isOurs = (html) => /<main[^>]*\bid="?main\b/.test(html);
/** As long as the server shows a code again: the next person on a shared phone presses Back too. */
const SHOWN = 30 * 60000;
const inPlace = /^(add|remove|example)/;

/** What sort of page stands in `root`: a page that gives way to one of another sort is kept for Back. */
function sortOf(root) {
  const page = root.querySelector('[data-page]');
  const heading = root.querySelector('h1');
  return page ? page.dataset.page : (applicationForm(root) && 'form') || (heading ? heading.textContent : '');
}

function take(root) {
  const nodes = document.createDocumentFragment();
  const until = sortOf(root) === 'receipt' ? Date.now() + SHOWN : Infinity;
  while (root.firstChild) nodes.append(root.firstChild);
  return { nodes, title: document.title, until };
}

/** Changes the page kept in memory for the one shown, and gives the one shown. */
function bring(page) {
  const shown = take(main());
  main().append(page.nodes);
  document.title = page.title;
  arrive(main(), '');
  return shown;
}

/** Puts the focus where the reader goes on: the errors, the item just added, else the heading. */
function arrive(root, doing) {
  const group = root.querySelector(`.ds-group[data-group="${doing.split(':')[1]}"]`);
  const items = group ? group.querySelectorAll('.ds-item') : [];
  const summary = root.querySelector('#error-summary');
  if (doing.startsWith('add') && items.length) {
    focusOn(items[items.length - 1].querySelector('input:not([type=hidden]), select, textarea'));
  } else if (doing.startsWith('remove') && group) {
    const item = items[Math.min(doing.split(':')[2], items.length - 1)];
    focusOn(item ? item.querySelector('h3') : group.querySelector('.ds-add'));
  } else {
    scrollTo(0, 0);
    focusOn(summary || root.querySelector('h1'));
  }
}

/** Shows the answer `html` to `doing`; what was done in place keeps its section and its place on the screen. */
export function showAnswer(html, doing, address) {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const root = main();
  const fresh = parsed.getElementById('main');
  const section = doing.startsWith('change:') ? doing.slice(7) : current(root);
  const key = fresh.querySelector('[name=_key]');
  const before = root.querySelector('#application-form [name=_key]');
  if (key && before) before.value = key.value;
  const sort = sortOf(fresh);
  const typed = root.querySelector('[data-typed]');
  const top = pageYOffset;
  const changing = /^change/.test(doing) || root.querySelector('.ds-steps-done');
  const saved = fresh.querySelector('a[href^="/verify/?"]');
  if (sort === 'receipt') settle(saved ? saved.getAttribute('href') : undefined);
  else if (sort !== sortOf(root)) turn(take(root), address);
  root.textContent = '';
  while (fresh.firstChild) root.append(fresh.firstChild);
  if (typed) each(root, '#application-form, .ds-form--answers', (one) => { one.dataset.typed = ''; });
  document.title = parsed.title;
  enhanceShown(root, { section, changing });
  if (inPlace.test(doing)) scrollTo(0, top);
  arrive(root, doing);
}

/** Whether what was typed may be left: a correction, or a form at a counter, of which no draft is kept. */
const mayGo = () => !main().querySelector('[data-typed]') || window.confirm(words.leaving);

function hold(root, held) {
  each(root, 'button', (one) => {
    if (held) one.setAttribute('aria-disabled', 'true');
    else one.removeAttribute('aria-disabled');
  });
}

function banner() {
  const title = make('strong', {});
  const line = make('p', {});
  const box = make('div', { class: 'ds-offline' }, make('p', {}, title),
    make('div', { role: 'status' }, line), button(words.retryButton, () => underWay && underWay.now()));
  main().prepend(box);
  box.scrollIntoView();
  return { box, title, say: (text) => { setTimeout(() => { line.textContent = text; }, 50); } };
}

/** What has not been answered yet is given up: only what does not count (a check), when something else is pressed. */
function giveUp() {
  underWay.cancel();
  underWay.clean();
  underWay = null;
}

/** Sends until an answer has come and shows it; resolves with false when given up. `text()` is asked anew for each try of what can still be changed. */
function send(address, text, doing) {
  const root = main();
  const sure = /confirm/.test(doing);
  const sending = doing === 'confirm';
  let notice = null;
  let unsure = false;
  const attempt = () => {
    if (notice) notice.say(words.retryNow);
    return post(address, text(), { isOurs });
  };
  const mine = deliver(attempt, ({ seconds, why }) => {
    notice = notice || banner();
    // Once it may have been done, only an answer says more.
    unsure = unsure || /lost|unclear/.test(why);
    notice.title.textContent = sure ? words.notYet(sending, unsure) : words.notThrough;
    mine.unsent = true;
    if (!sure) hold(root, false);
    notice.say((/network|lost/.test(why) ? words.noNetwork : words.serverBusy) + words.retryIn(seconds) + (sending ? words.onlyOnce : ''));
  });
  mine.sure = sure;
  mine.unsent = sure;
  mine.clean = () => {
    if (notice) notice.box.remove();
    hold(root, false);
    announce('');
  };
  underWay = mine;
  hold(root, true);
  announce(sending ? words.sending : words.loading);
  return mine.done.then((outcome) => {
    if (underWay !== mine) return false;
    underWay = null;
    mine.clean();
    showAnswer(outcome.text, doing, address);
    return true;
  });
}

/** Posts `text` as this form's content, as if its button `doing` were pressed. */
export const ask = (form, text, doing) => send(actionOf(form), () => `${text}&_do=${encodeURIComponent(doing)}`, doing);

function onSubmit(event) {
  const form = event.target;
  if (!main() || !main().contains(form) || (form.getAttribute('method') || '').toLowerCase() !== 'post') return;
  const pressed = event.submitter || (clicked && clicked.form === form ? clicked : null);
  const doing = pressed && pressed.name === '_do' ? pressed.value : '';
  const pair = pressed && pressed.name ? [[pressed.name, pressed.value]] : [];
  if (underWay && (underWay.sure || !underWay.unsent)) { event.preventDefault(); return; }
  if (underWay) giveUp();
  // A file that no script took is sent by the browser itself, with all the rest.
  if (all(form, '[type=file]').some(filled)) { delete form.dataset.typed; return; }
  event.preventDefault();
  const item = doing.startsWith('remove') && pressed.closest('.ds-item');
  if (item && controlsOf(item).some(filled) && !window.confirm(words.really(pressed.textContent.trim()))) return;
  if (doing === 'follow' && !mayGo()) return;
  if (takes(form, doing, pressed)) return;
  const first = body(form, pair);
  send(actionOf(form), /confirm/.test(doing) ? () => first : () => body(form, pair), doing);
}

/** Listens on the whole document, once; `enhanceMain(root, {section})` is called for every page shown. */
export function startSending(enhanceMain) {
  enhanceShown = enhanceMain;
  document.addEventListener('click', (event) => {
    const pressed = event.target.closest('button, input[type=submit]');
    if (pressed && pressed.form) clicked = pressed;
    if (!pressed || !underWay || pressed.closest('.ds-offline')) return;
    if (!underWay.sure && underWay.unsent) giveUp();
    else if (pressed.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  document.addEventListener('submit', onSubmit);
  addEventListener('online', () => underWay && underWay.nudge());
  document.addEventListener('visibilitychange', () => { if (!document.hidden && underWay) underWay.nudge(); });
  addEventListener('beforeunload', (event) => {
    if (!(underWay && underWay.unsent) && !atRisk()) return;
    event.preventDefault();
    event.returnValue = words.leaving;
  });
  ['input', 'change'].forEach((type) => document.addEventListener(type, ({ target: { form } }) => {
    if (form && form.matches('#application-form:not([data-form])')) form.dataset.typed = '';
  }));
  listen({ holds: (kept) => underWay || (kept && !kept.nodes.querySelector('[data-typed]') && !mayGo()), bring, show: (at) => showSection(main(), at) });
}
