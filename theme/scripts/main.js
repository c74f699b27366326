// The one entry. Every enhancement stands alone: one that fails is undone, and the plain page goes on working.
import { enhanceConditions, plainConditions } from './main/conditions.js';
import { enhanceDraft } from './main/draft.js';
import { applicationForm, body, main } from './main/page.js';
import { enhanceReceipt } from './main/reading.js';
import { enhanceSections, plainSections, resume } from './main/sections.js';
import { ask, startSending } from './main/sending.js';
import { begin } from './main/travel.js';
import { each } from './shared/elements.js';

/** What is done to a page, and how it is undone where it fails. */
const PARTS = [[enhanceConditions, plainConditions], [enhanceDraft], [enhanceSections, plainSections], [enhanceReceipt]];

function enhance(root, context) {
  each(root, 'form[method=post]', (form) => { form.noValidate = true; });
  PARTS.forEach(([improve, undo]) => {
    try {
      improve(root, context);
    } catch (error) {
      if (undo) undo(root);
    }
  });
  // Only a page that asks for files loads what sends them; without it, the plain field goes on working.
  if (root.querySelector('.ds-attachment')) import('./uploading.js').then((one) => one.enhance(root)).catch(() => {});
}

/** The page with a draft's items: their answers are sent with one blank item more, and that is taken away again. */
function addItems(form, { group, count }, pairs) {
  const blank = [pairs[0][0].replace(/-[0-9]+-/, `-${count}-`), ''];
  return ask(form, body(form, pairs.concat([blank])), `remove:${group}:${count}`);
}

function start() {
  // Of all that is used here, this came last to browsers that know modules.
  if (!('AbortController' in window) || !main()) return;
  const at = begin();
  enhance(main(), { first: true, at, addItems });
  startSending(enhance);
  // The browser puts back what was typed before Back or a reload, after this script ran.
  addEventListener('pageshow', (event) => {
    const form = applicationForm(main());
    if (form) form.dispatchEvent(new Event('change'));
    if (!event.persisted) resume(main());
  });
}

start();
// What top.js let the page look like until now. What waits for a draft is seen once that has said where to go on.
if (document.documentElement.dataset.script !== 'later') delete document.documentElement.dataset.script;
