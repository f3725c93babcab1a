/** What a test decides before the program starts; handed over in the environment, because it is needed at once. */
export interface DoubleConfig {
  /** Path of the Chromium to run on. */
  chromium: string
  /** Stands for the person's home folder. */
  home: string
  /** Where `package.json` and `resources` lie. */
  appPath: string
  packaged: boolean
  /** The system's language, as `app.getLocale` answers. */
  locale: string
  /** Whether the system is dark. */
  dark: boolean
}

export const variable = 'DAILIES_DOUBLE'

function read(): DoubleConfig {
  const text = process.env[variable]
  if (text === undefined) throw new Error(`${variable} is not set: start the double with startDouble().`)
  return JSON.parse(text) as DoubleConfig
}

let known: DoubleConfig | null = null
/** What this process was started with. */
export function config(): DoubleConfig {
  known ??= read()
  return known
}
