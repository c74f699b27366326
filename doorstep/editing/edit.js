// In an editor's preview: loads the page again when it was made anew, and shows what is to be mended in a strip below.
const here = document.currentScript.dataset.page;
const strip = document.createElement("aside");
strip.className = "edit-strip";
strip.setAttribute("role", "status");
document.body.append(strip);
let shown = "";

function show(state) {
  const said = JSON.stringify([state.findings, state.stopped]);
  if (said === shown) return;
  shown = said;
  strip.replaceChildren();
  const lines = state.findings.map(({ line, rule }) => ({ text: line, href: rule && `/editing/findings/#${rule}` }));
  if (state.stopped) lines.push({ text: state.stopped });
  if (!lines.length) return;
  const head = document.createElement("p");
  head.textContent = `有 ${lines.length} 处要改：`;
  const list = document.createElement("ul");
  for (const { text, href } of lines) {
    const item = document.createElement("li");
    item.textContent = text;
    if (href) {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = "这种错怎么改";
      item.append(" ", link);
    }
    list.append(item);
  }
  strip.append(head, list);
}

async function look() {
  try {
    const answer = await fetch(`/.doorstep/state?page=${encodeURIComponent(location.pathname)}`);
    const state = await answer.json();
    if (state.page !== here) return location.reload();
    show(state);
  } catch {
    show({ findings: [], stopped: "预览停了。要接着改，在终端里再敲一次 make edit。" });
  }
  setTimeout(look, 300);
}
look();
