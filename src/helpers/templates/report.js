(() => {
  const bar = document.querySelector('.filters');
  if (!bar) return;
  bar.hidden = false;
  const said = bar.querySelector('output');
  const apply = () => {
    const want = Object.fromEntries([...bar.querySelectorAll('select')].map(s => [s.name, s.value]));
    let shown = 0;
    for (const finding of document.querySelectorAll('article.finding')) {
      const sources = JSON.parse(finding.dataset.sources);
      const fits = (!want.kind || finding.dataset.kind === want.kind)
        && (!want.severity || finding.dataset.severity === want.severity)
        && (!want.source || sources.includes(want.source));
      finding.hidden = !fits;
      shown += fits;
    }
    said.textContent = shown + ' shown';
  };
  bar.addEventListener('change', apply);
})();
