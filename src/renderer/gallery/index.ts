export { GalleryView } from './GalleryView'
