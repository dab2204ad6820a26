// Keeps the code that came with the address, goes on over HTTPS by itself where this device trusts the hub, and shows
// another address of the laptop as soon as it has one.
if (document.body.dataset.secure && matchMedia('(prefers-color-scheme: dark)').matches) document.documentElement.dataset.theme = 'dark';
const secure = document.body.dataset.secure;
for (const link of document.querySelectorAll('a[data-on]')) link.href += location.hash;
if (secure && location.protocol === 'http:') {
  const look = () =>
    fetch(`${secure}/health`, { mode: 'no-cors', cache: 'no-store' }).then(
      () => {
        document.querySelector('.trusted').hidden = false;
        location.replace(`${secure}/${location.hash}`);
      },
      () => setTimeout(look, 4000),
    );
  look();
}
if (document.querySelector('.screen')) {
  const look = async () => {
    const page = await fetch(location.href).then((answer) => answer.text(), () => null);
    if (page && !page.includes(document.querySelector('.address').innerHTML)) location.reload();
  };
  setInterval(look, 10_000);
}
