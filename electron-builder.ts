import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { afterPack } from './packaging/afterPack'
import { leftOut } from './packaging/leftOut'
import type { Lock } from './packaging/runtime'

const lock = JSON.parse(readFileSync(join(import.meta.dirname, 'package-lock.json'), 'utf8')) as Lock

/** `owner/name` of the repository whose releases the packaged app asks for updates; none outside the release workflow. */
const [owner, repo] = process.env['DAILIES_RELEASES']?.split('/') ?? []

/**
 * The variant that Playwright can drive: it listens to `--inspect`, which the app that people get never does.
 * Everything else is the same, and it is never published.
 */
const forTests = process.env['DAILIES_PACKAGE'] === 'e2e'

const images = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif', 'tif', 'tiff', 'heic', 'heif']

const config: Configuration = {
  // The same as the application's user model id, or Windows would not know whose notifications they are.
  appId: 'studio.dailies',
  productName: 'Dailies',
  copyright: 'MIT licence',
  // A deb and an rpm name a page of their own; without one they are not made.
  ...(owner && repo ? { extraMetadata: { homepage: `https://github.com/${owner}/${repo}` } } : {}),
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  directories: { buildResources: 'packaging', output: 'dist' },
  files: ['out/**', 'resources/icon.png', ...leftOut(lock, '${platform}', '${arch}')],
  // An AppImage that carries its own starter: the older kind asks for FUSE 2, which systems no longer have.
  toolsets: { appimage: '1.0.3' },
  asar: true,
  // Native code cannot be loaded from inside an archive: the addons, and the libraries beside them.
  asarUnpack: ['**/*.node', '**/node_modules/@img/sharp-*/lib/**'],
  // Every native part comes ready-made, one for each system, the same for Node and Electron.
  npmRebuild: false,
  afterPack,
  electronLanguages: ['en', 'en-US', 'zh_CN', 'zh-CN'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: forTests,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  protocols: [{ name: 'Dailies', schemes: ['dailies'], role: 'Viewer' }],
  publish: owner && repo && !forTests ? { provider: 'github', owner, repo, releaseType: 'draft' } : null,
  linux: {
    target: ['deb', 'rpm', 'AppImage'],
    executableName: 'dailies',
    syncDesktopName: true,
    category: 'AudioVideo',
    synopsis: 'A desktop studio for AI video',
    maintainer: 'The makers of Dailies <dailies@users.noreply.github.com>',
    vendor: 'Dailies',
    icon: 'icons',
    // Offered under "open with"; what opens these by default stays what it was.
    mimeTypes: [
      'image/png',
      'image/jpeg',
      'image/webp',
      'image/gif',
      'image/avif',
      'image/tiff',
      'image/heic',
      'image/heif',
      'text/csv',
      'text/tab-separated-values',
    ],
    desktop: {
      entry: {
        GenericName: 'AI video studio',
        'GenericName[zh_CN]': 'AI 视频工作室',
        'Comment[zh_CN]': '用自己的密钥生成 AI 视频的桌面工作室',
        Keywords: 'video;AI;animation;film;',
      },
    },
  },
  deb: { packageCategory: 'video' },
  rpm: { packageCategory: 'Applications/Multimedia' },
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.video',
    icon: 'icon.icns',
    hardenedRuntime: true,
    // Without a certificate it is sealed all the same: macOS calls an Apple silicon app without any seal damaged.
    ...(process.env['CSC_LINK'] || process.env['CSC_NAME'] ? {} : { identity: '-' }),
    minimumSystemVersion: '13.0',
    fileAssociations: [
      { ext: images, name: 'Image', role: 'Viewer', rank: 'Alternate' },
      { ext: ['csv', 'tsv'], name: 'Table of prompts', role: 'Viewer', rank: 'Alternate' },
    ],
  },
  win: { target: ['nsis'], icon: 'icon.ico' },
  nsis: {
    // For one person, without an administrator; nothing of theirs goes when the program does.
    oneClick: true,
    perMachine: false,
    deleteAppDataOnUninstall: false,
    include: 'packaging/installer.nsh',
  },
}

export default config
