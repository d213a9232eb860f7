(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const open = element => {
    for (let at = element; at; at = at.parentElement) {
      if (at.tagName === 'DETAILS') at.open = true;
      if (at.hidden) at.hidden = false;
    }
  };

  // Filters: show the findings that fit, open what holds them.
  const bar = document.querySelector('.filters');
  const findings = all('main .finding');
  const apply = () => {
    const want = Object.fromEntries(all('select', bar).map(select => [select.name, select.value]));
    const asked = Object.values(want).some(Boolean);
    let shown = 0;
    for (const finding of findings) {
      const fits = (!want.kind || finding.dataset.kind === want.kind)
        && (!want.severity || finding.dataset.severity === want.severity)
        && (!want.source || JSON.parse(finding.dataset.sources).includes(want.source));
      finding.hidden = !fits;
      shown += fits;
    }
    for (const more of all('details.more')) {
      const some = all('.finding', more).some(finding => !finding.hidden);
      more.hidden = !some;
      more.open = asked && some;
    }
    bar.querySelector('output').textContent = asked ? shown + ' of ' + findings.length + ' findings, here and under “What each alone tells, and lacks”' : '';
  };
  if (bar) {
    bar.hidden = false;
    bar.addEventListener('change', apply);
    bar.addEventListener('reset', () => setTimeout(apply));
    bar.addEventListener('submit', event => event.preventDefault());
  }

  // A link into the page opens whatever holds its target, and offers the way back.
  const back = document.querySelector('.back');
  let left = null;
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    open(target);
    target.scrollIntoView();
  };
  document.addEventListener('click', event => {
    const link = event.target.closest('a[href^="#p"]');
    if (!link) return;
    left = link;
    back.hidden = false;
  });
  back.addEventListener('click', event => {
    event.preventDefault();
    back.hidden = true;
    if (!left) return;
    open(left);
    left.scrollIntoView({block: 'center'});
    left.focus({preventScroll: true});
  });
  addEventListener('hashchange', arrive);
  if (location.hash) arrive();

  // On paper nothing can be unfolded.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('details:not([open])');
    for (const details of folded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of folded) details.open = false;
  });
})();
