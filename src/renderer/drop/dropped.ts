import type { VideoFile } from '@shared/contract'

/** What Chromium makes a file of where a video is dropped outside (`DownloadURL`): its kind, its name, its address. */
export function downloadOf(name: string, file: VideoFile, address: string): string {
  return `${file === 'mov' ? 'video/quicktime' : 'video/mp4'}:${name}.${file}:${address}`
}
