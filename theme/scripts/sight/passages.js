// What of a page is read aloud: what it says, and never what a person wrote or what only they should know.
import { spoken } from './sentences.js';

const BLOCKS = 'h1,h2,h3,h4,h5,p,li,dt,dd,legend,label,summary,th,td,caption,figcaption,small,.ds-button,div,section,main';
/** What people typed comes back in a bdi, or in what takes its direction from it; what comes of it, in data-unread. */
const UNREAD = 'bdi,[dir=auto],[data-unread],input,textarea,select,button,output,script,style,noscript,svg,[aria-hidden=true],'
  + '.ds-visually-hidden,.ds-slip,.ds-reference,.ds-token,details:not([open])>:not(summary)';

function isRead(node) {
  const { parentElement } = node;
  return node.data.trim() && !parentElement.closest(UNREAD) && parentElement.getClientRects().length;
}

/** One { text, element } for each paragraph, heading or point that is seen in `main`, in its order. */
export function passagesOf(main) {
  const found = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (isRead(node)) {
      const element = node.parentElement.closest(BLOCKS);
      const dialled = node.parentElement.closest('[href^=tel]') ? spoken(node.data, 1) : node.data;
      const last = found[found.length - 1];
      if (last && last.element === element) last.text += dialled;
      else found.push({ element, text: dialled });
    }
  }
  return found.map(({ element, text }) => ({ element, text: spoken(text) }));
}
