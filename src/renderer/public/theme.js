// Runs before the first paint: the last theme and language, so that nothing flashes.
{
  const known = (name) => new RegExp(`(?:^|; )dailies-${name}=([\\w-]+)`).exec(document.cookie)?.[1]
  const stored = (name) => known(name) ?? localStorage.getItem(`dailies-${name}`)
  const light = matchMedia('(prefers-color-scheme: light)').matches
  document.documentElement.dataset.theme = stored('theme') ?? (light ? 'light' : 'dark')
  document.documentElement.lang = stored('language') ?? 'en'
}
