// A file's way: made small, asked about, sent, and again until it is through; one after the other.
import { deliver, isAgain, retryAfter } from '../main/page.js';
import { shrink } from './photo.js';
import { words } from './words.js';

// Where there is no such thing, none of this is loaded, and the plain field stays.
const hashed = crypto.subtle.digest.bind(crypto.subtle);
/** Milliseconds without progress after which a request is lost. */
const STALL = 30000;
/** Seconds after which a file that is being examined is asked about again; after the last one is told not to wait. */
const LOOKS = [2, 3, 5, 10, 20];

/** One post: {again: true, wait, why}, or our server's answer {status, said, pages …}; what it does not take is refused. */
const call = (one, address, content, code) => new Promise((resolve) => {
  const request = new XMLHttpRequest();
  const ours = address.startsWith('/');
  let timer = 0;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), STALL);
  };
  request.upload.onprogress = ({ loaded, total }) => {
    alive();
    one.sent = Math.round(loaded / total * 100);
    one.draw();
  };
  request.onloadend = () => {
    clearTimeout(timer);
    const { status, response } = request;
    const good = Math.floor(status / 100) === 2;
    if (!status || status === 429 || isAgain(status, ours ? response && response.status : good)) {
      resolve({ again: true, wait: retryAfter(request.getResponseHeader('Retry-After'), Date.now()), why: status });
    } else resolve(good ? response || { status: 'waiting' } : { status: 'refused', said: response.detail });
  };
  request.open('POST', address);
  request.responseType = 'json';
  if (typeof content === 'string') request.setRequestHeader('Content-Type', 'application/json');
  if (code) request.setRequestHeader('Authorization', `Bearer ${code}`);
  request.send(content);
  one.stop = () => request.abort();
  alive();
});

const held = (form, name) => form.elements[name] && form.elements[name].value;

/** Where a form's files are asked about: its own address, or that of the application it corrects. */
export const addressOf = (form) => (held(form, '_reference') ? `/api/applications/${held(form, '_reference')}/files`
  : form.getAttribute('action').replace(/^\/apply\/([^/]+).*/, '/api/forms/$1/files'));

/** The key of each form's draft, by address. */
const keys = {};

/** The key of the page's draft, if it has one; a page that came without the one that is known gets it. */
export function keep(form) {
  const input = form.elements._key;
  const address = addressOf(form);
  if (input) {
    keys[address] = input.value || keys[address];
    input.value = keys[address] || '';
  }
  return keys[address];
}

/** How the file stands for its form's draft or application; with an `upload` when it is to be sent. */
async function ask(one) {
  const key = keep(one.form);
  const asked = JSON.stringify({ submission_key: key, digest: one.digest, size: one.size });
  const answer = await call(one, addressOf(one.form), asked, held(one.form, '_code'));
  const minted = answer.submission_key;
  if (key || !minted) return answer;
  const address = addressOf(one.form);
  keys[address] = keys[address] || minted;
  // A check may have begun the draft meanwhile: then this file is that draft's.
  return keep(one.form) === minted ? answer : ask(one);
}

function put(one, { url, fields }) {
  const content = new FormData();
  Object.keys(fields).forEach((name) => content.append(name, fields[name]));
  content.append('file', one.blob, 'file');
  one.turn('sending');
  return call(one, url, content);
}

/** What can be sent of the file, or why nothing can. A photo this browser cannot open goes as it is, like a PDF. */
async function prepare({ file, most }) {
  const { blob, preview } = /pdf$/.test(file.type) ? { blob: file } : await shrink(file).catch(() => ({ blob: file }));
  const { size } = blob;
  if (size > most) return { said: words.tooLarge(Math.floor(most / 1000000)) };
  const hash = await hashed('SHA-256', await blob.arrayBuffer());
  const digest = btoa(String.fromCharCode(...new Uint8Array(hash))).replace(/\+/g, '-').replace(/\//g, '_').replace('=', '');
  return { blob, size, preview, digest };
}

/** Asks a few times what has become of it. */
export async function look(one, count = 0) {
  if (one.gone || one.status !== 'waiting') return;
  if (count === LOOKS.length) { one.turn('waiting', words.calm); return; }
  await new Promise((resolve) => { setTimeout(resolve, LOOKS[count] * 1000); });
  const answer = await ask(one);
  if (/ready|refused/.test(answer.status)) one.settle(answer);
  else look(one, count + 1);
}

/** How a file stands that the page only has the digest of; one that is missing must be taken again. */
export async function recall(one) {
  const answer = await ask(one);
  if (answer.again) one.turn('waiting', words.calm);
  else one.settle(answer.status === 'missing' ? { status: 'refused', said: words.gone } : answer);
}

let current = { nudge() {} };
/** The network may be back. */
export const nudge = () => current.nudge();

async function send(one) {
  const attempt = async () => {
    if (one.gone) return {};
    const answer = await ask(one);
    return answer.upload && !one.gone ? put(one, answer.upload) : answer;
  };
  current = deliver(attempt, ({ why }) => one.turn(why ? 'busy' : 'offline'));
  one.cancel = current.cancel;
  const answer = await current.done;
  delete one.blob;
  if (answer) one.settle(answer);
}

/** Does what it is given one after the other. */
const inTurn = (act) => {
  let last = Promise.resolve();
  return (one) => { last = last.then(() => one.gone || act(one)).catch(() => one.turn('refused', words.unclear)); };
};
const sending = inTurn(send);
/** Puts `one` {file, form, most: bytes} on its way. */
export const start = inTurn(async (one) => {
  const made = await prepare(one);
  if (one.gone) return;
  Object.assign(one, made);
  if (!one.digest) one.turn('refused', made.said);
  else if (one.isNew()) {
    one.turn('queued');
    sending(one);
  }
});

/** A file taken away is not sent any more. */
export function stop(one) {
  one.gone = true;
  if (one.stop) one.stop();
  if (one.cancel) one.cancel();
}
