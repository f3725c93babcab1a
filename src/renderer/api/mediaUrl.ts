const video = (id: string) => `media/${id}/video`

/** Addresses of pictures and videos, relative to the page; a version makes a changed picture a new address. */
export const mediaUrl = {
  video,
  download: (id: string) => `${video(id)}?download=1`,
  poster: (id: string, version: string) => `media/${id}/poster?v=${version}`,
  preview: (id: string, version: string) => `media/${id}/preview?v=${version}`,
  asset: (id: string) => `media/asset/${id}/image`,
  thumb: (id: string) => `media/asset/${id}/thumb`,
}
