import cyrillic from '@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2?url'
import greek from '@fontsource-variable/inter/files/inter-greek-wght-normal.woff2?url'
import latinExt from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url'
import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import vietnamese from '@fontsource-variable/inter/files/inter-vietnamese-wght-normal.woff2?url'

/** Inter first; whatever it does not hold comes from the system. */
export const family =
  '"Dailies Inter", system-ui, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "Noto Sans SC", ' +
  '"Hiragino Sans", "Yu Gothic UI", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans Arabic", "Noto Sans", sans-serif'

const subsets: [string, string, RegExp][] = [
  [
    latin,
    'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215',
    /[\s\S]/,
  ],
  [
    latinExt,
    'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB, U+2C60-2C7F, U+A720-A7FF',
    /[\u0100-\u02ff\u1d00-\u1eff]/,
  ],
  [
    vietnamese,
    'U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, U+0300-0301, U+0303-0304, U+0308-0309, U+0323, U+0329, U+1EA0-1EF9, U+20AB',
    /[\u0300-\u0329\u1ea0-\u1ef9]/,
  ],
  [cyrillic, 'U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116', /[\u0400-\u04ff]/],
  [greek, 'U+0370-03FF', /[\u0370-\u03ff]/],
]

const loaded = new Map<string, Promise<unknown>>()

/** Loads the parts of Inter that `text` needs. A part that cannot be had is replaced by the system's face. */
export async function loadFonts(text: string): Promise<void> {
  const { fonts } = self as unknown as { fonts: FontFaceSet }
  const needed = subsets.filter(([, , pattern]) => pattern.test(text))
  await Promise.all(
    needed.map(([address, unicodeRange]) => {
      const known = loaded.get(address)
      if (known) return known
      const face = new FontFace('Dailies Inter', `url(${address})`, { weight: '100 900', unicodeRange })
      fonts.add(face)
      const loading = face.load().catch(() => loaded.delete(address))
      loaded.set(address, loading)
      return loading
    }),
  )
}
