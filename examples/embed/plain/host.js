// What a host may do with the events of an embed. It never sees a key.
const playground = document.querySelector('#text');
const show = (id, words) => {
  document.getElementById(id).textContent = words;
};

playground.addEventListener('change', ({ detail }) => show('curl', detail.curl));
playground.addEventListener('estimate', ({ detail }) => show('price', detail ? `${detail.total ?? '?'} ${detail.currency}` : ''));
playground.addEventListener('task', ({ detail }) => show('task', `${detail.id ?? ''} ${detail.state} ${detail.link ?? ''}`));
