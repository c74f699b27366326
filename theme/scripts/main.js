// The one entry. Every enhancement stands alone: one that fails is undone, and the plain page goes on working.
import * as conditions from './conditions.js';
import * as draft from './draft.js';
import { applicationForm, body, each, main } from './page.js';
import * as reading from './reading.js';
import * as sections from './sections.js';
import * as sending from './sending.js';
import * as travel from './travel.js';

const parts = [conditions, draft, sections, reading];

function enhance(root, context) {
  each(root, 'form[method=post]', (form) => { form.noValidate = true; });
  parts.forEach((part) => {
    try {
      part.enhance(root, context);
    } catch (error) {
      if (part.plain) part.plain(root);
    }
  });
  // Only a page that asks for files loads what sends them; without it, the plain field goes on working.
  if (root.querySelector('.ds-attachment')) import('./uploading.js').then((one) => one.enhance(root)).catch(() => {});
}

/** The page with a draft's items: their answers are sent with one blank item more, and that is taken away again. */
function addItems(form, { group, count }, pairs) {
  const blank = [pairs[0][0].replace(/-[0-9]+-/, `-${count}-`), ''];
  return sending.ask(form, body(form, pairs.concat([blank])), `remove:${group}:${count}`);
}

function start() {
  // Of all that is used here, this came last to browsers that know modules.
  if (!('AbortController' in window) || !main()) return;
  const at = travel.begin();
  enhance(main(), { first: true, at, addItems });
  sending.start(enhance);
  // The browser puts back what was typed before Back or a reload, after this script ran.
  addEventListener('pageshow', (event) => {
    const form = applicationForm(main());
    if (form) form.dispatchEvent(new Event('change'));
    if (!event.persisted) sections.resume(main());
  });
}

start();
