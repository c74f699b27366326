// One post and what came of it: a page to show, or a reason to send the same again.

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
 * Posts urlencoded `text`. Never throws: {again: true, wait, why: 'network'|'server'} or {status, text}.
 * `isOurs(text)` tells our own page from a hotel's log-in page that answers 200 to everything.
 */
export async function post(address, text, { accept = 'text/html', seconds = 20, isOurs = () => true } = {}) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), seconds * 1000);
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: text,
      headers: { Accept: accept, 'Content-Type': 'application/x-www-form-urlencoded' },
      credentials: 'same-origin',
      signal: controller.signal,
    });
    const content = await response.text();
    if (isAgain(response.status, isOurs(content))) {
      return { again: true, wait: retryAfter(response.headers.get('Retry-After'), Date.now()), why: 'server' };
    }
    return { status: response.status, text: content };
  } catch (error) {
    return { again: true, wait: 0, why: 'network' };
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
