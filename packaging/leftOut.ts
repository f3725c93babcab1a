import { idlePackages, type Lock } from './runtime'

const inModules = (pattern: string) => `!**/node_modules/${pattern}`

/**
 * What stays out of the package, as file patterns of electron-builder for one target: the other shell, what people and
 * compilers read, builds of a package that Node never loads, and native parts for other machines.
 * `platform` and `arch` are Node's words for the target, or electron-builder's macros for them.
 */
export function leftOut(lock: Lock, platform: string, arch: string): string[] {
  const machine = `${platform}-${arch}`
  return [
    '!out/main/browser.js',
    '!out/main/chunks/run-*.js',
    ...idlePackages(lock).map((name) => inModules(`${name}{,/**}`)),
    // For people and compilers. Licences stay, whatever their extension; libvips has its own in its README.
    inModules('**/*.{map,ts,cts,mts,tsx,flow,tsbuildinfo,markdown,html,css,yml,yaml,ps1,patch,sh,ico,bnf}'),
    inModules('!(@img)/**/!(LICENSE*|LICENCE*|license*|licence*|NOTICE*).md'),
    inModules('@img/!(sharp-libvips-*)/**/!(LICENSE*).md'),
    inModules('**/{README,readme,CHANGELOG,HISTORY,AUTHORS,CONTRIBUTORS,CNAME}'),
    inModules('**/tsconfig*.json'),
    inModules(
      '**/{test,tests,__tests__,docs,doc,example,examples,benchmark,benchmarks,bench,fixtures}{,/**}',
    ),
    inModules('**/bin{,/**}'),
    inModules('**/.*'),
    inModules('{.bin,@types,node-addon-api,type-fest}{,/**}'),
    // Builds of the same code that Node never loads.
    inModules('@{aws-sdk,smithy,aws-crypto}/**/{dist-es,dist-types}{,/**}'),
    inModules('mediabunny/{src,dist/bundles}{,/**}'),
    inModules('zod/src{,/**}'),
    inModules('@img/sharp-libvips-*/lib/glib-2.0{,/**}'),
    // Native parts: this machine's only, and nothing to compile them from.
    inModules('better-sqlite3/{deps,src,binding.gyp}{,/**}'),
    inModules(`better-sqlite3/prebuilds/!(${machine}).node`),
    inModules('better-sqlite3/lib/{darwin,linux,linuxmusl,win32}-{x64,arm64}.js'),
    inModules('sharp/{src,install}{,/**}'),
    inModules(`@img/!(colour|sharp-${machine}|sharp-libvips-${machine}){,/**}`),
    inModules(`@napi-rs/!(keyring|keyring-${machine}*){,/**}`),
    inModules('@napi-rs/keyring-*-musl{,/**}'),
  ]
}
