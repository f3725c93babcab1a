export { jobDragType } from './gridPointer'
export { GalleryView } from './GalleryView'
