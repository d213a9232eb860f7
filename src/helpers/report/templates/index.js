(() => {
  const field = document.querySelector('.search');
  const stories = [...document.querySelectorAll('.story')];
  const said = document.querySelector('.search output');
  field.hidden = false;
  field.querySelector('input').addEventListener('input', event => {
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const story of stories) {
      const text = story.textContent.toLowerCase();
      story.hidden = !words.every(word => text.includes(word));
      shown += !story.hidden;
    }
    said.textContent = words.length ? shown + ' of ' + stories.length + ' stories' : '';
  });
})();
