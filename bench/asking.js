// Asked of each peer in its own browser page: what it finds for each query, best first, and how long that took.

/** Material's own worker over the index that its plugin made. */
async function askMaterial({ worker, queries }) {
  const { config, docs } = await (await fetch('/search/search_index.json')).json();
  const asked = new Worker(worker);
  const answer = (message) => new Promise((done) => {
    asked.onmessage = ({ data }) => done(data);
    asked.postMessage(message);
  });
  await answer({ type: 0, data: { config, docs, options: { suggest: false } } });
  const found = [];
  for (const query of queries) {
    const { data } = await answer({ type: 2, data: query });
    found.push(data.items.map((group) => group[0].location.split('#')[0]));
  }
  return found;
}

async function askPagefind({ queries }) {
  const pagefind = await import('/pagefind/pagefind.js');
  await pagefind.init();
  const found = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    const first = await Promise.all(results.slice(0, 3).map((result) => result.data()));
    found.push(first.map(({ url }) => url.replace(/^\//, '').split('#')[0]));
  }
  return found;
}

/** Ours, as the page does it: milliseconds of each query, after the index was read. */
async function timeOurs({ ranking, index, queries }) {
  const { prepare, search } = await import(ranking);
  const ready = await prepare(await (await fetch(index)).arrayBuffer());
  const found = [];
  const took = [];
  for (const query of queries) {
    const begun = performance.now();
    const results = search(ready, query);
    took.push(performance.now() - begun);
    found.push(results.map(({ page }) => page.url));
  }
  return { found, took };
}
