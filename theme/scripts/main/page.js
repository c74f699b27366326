// The page as the scripts see it: its main content, what is asked in it, how to speak to whoever reads it; and one post,
// with what came of it: a page to show, or a reason to send the same again.

import { all, make } from '../shared/elements.js';

const DELAYS = [1, 2, 4, 8, 15, 30];

/** Seconds to wait before try `count` + 1. */
export const backoff = (count) => DELAYS[Math.min(count, DELAYS.length - 1)];

/** The seconds a Retry-After header asks for, which may also be a date; 0 without one; never over five minutes. */
export function retryAfter(header, now) {
  if (!header) return 0;
  const seconds = /^[0-9]+$/.test(header.trim()) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return seconds > 0 ? Math.min(seconds, 300) : 0;
}

/** Whether this answer means "ask again": the server could not, or somebody else than our server spoke. */
export const isAgain = (status, isOurs) => status >= 500 || status === 408 || !isOurs;

/**
 * Posts urlencoded `text`. Never throws: {again: true, wait, why} or {status, text}. `why`: 'network' it was not sent,
 * 'server' our server says it did not do it; 'lost' no answer came, 'unclear' no clear one: it may have been done.
 * `isOurs(text)` tells our own page from a hotel's log-in page that answers 200 to everything.
 */
export async function post(address, text, { accept = 'text/html', seconds = 20, isOurs = () => true } = {}) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), seconds * 1000);
  const offline = navigator.onLine === false;
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: text,
      headers: { Accept: accept, 'Content-Type': 'application/x-www-form-urlencoded' },
      credentials: 'same-origin',
      signal: controller.signal,
    });
    const content = await response.text();
    const ours = isOurs(content);
    if (isAgain(response.status, ours)) {
      const said = ours && response.status !== 500 && !content.includes('"outcome-unknown"');
      return { again: true, wait: retryAfter(response.headers.get('Retry-After'), Date.now()), why: said ? 'server' : 'unclear' };
    }
    return { status: response.status, text: content };
  } catch (error) {
    return { again: true, wait: 0, why: offline ? 'network' : 'lost' };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Sends until it is through. `attempt()` as post(); `waiting({seconds, why})` is told of every pause.
 * Returns {done, nudge, now, cancel}: `done` resolves with the outcome, or null when cancelled; `nudge` ends a pause
 * unless the server itself asked for it; `now` ends it whatever.
 */
export function deliver(attempt, waiting, later = setTimeout, never = clearTimeout) {
  let cancelled = false;
  let asked = false;
  let wake = () => {};
  const pause = (seconds) => new Promise((resolve) => {
    const timer = later(resolve, seconds * 1000);
    wake = () => { never(timer); resolve(); };
  });
  const run = async () => {
    for (let count = 0; !cancelled; count += 1) {
      const outcome = await attempt();
      if (!cancelled && !outcome.again) return outcome;
      if (cancelled) break;
      asked = outcome.wait > 0;
      const seconds = Math.max(backoff(count), outcome.wait);
      waiting({ seconds, why: outcome.why });
      await pause(seconds);
    }
    return null;
  };
  return {
    done: run(),
    nudge: () => { if (!asked) wake(); },
    now: () => wake(),
    cancel: () => { cancelled = true; wake(); },
  };
}

export const main = () => document.getElementById('main');
export const applicationForm = (root) => (root || document).querySelector('#application-form');

/** What people fill in themselves. */
export const CONTROLS = 'input:not([type=hidden]), select, textarea';
export const controlsOf = (root) => all(root, CONTROLS);

export const isTicked = (control) => /^(radio|checkbox)$/.test(control.type);
export const filled = (control) => (isTicked(control) ? control.checked : control.value.trim() !== '');

let region = null;

/** Says `text` to screen readers without moving the focus. The region stands before it speaks, or it is not heard. */
export function announce(text) {
  if (!region) {
    region = make('div', { class: 'ds-visually-hidden', role: 'status' });
    document.body.append(region);
  }
  region.textContent = '';
  setTimeout(() => { region.textContent = text; }, 50);
}

/** What the form would send now, as urlencoded text; `extra` are pairs added behind it, such as the button's own. */
export function body(form, extra) {
  const pairs = new URLSearchParams();
  new FormData(form).forEach((value, name) => { if (typeof value === 'string') pairs.append(name, value); });
  (extra || []).forEach((pair) => pairs.append(pair[0], pair[1]));
  return pairs.toString();
}

/** Where the form posts to. Not `form.action`: a control of that name would hide it. */
export const actionOf = (form) => form.getAttribute('action') || location.pathname;
